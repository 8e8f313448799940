"""What pages read about a dialogue."""
