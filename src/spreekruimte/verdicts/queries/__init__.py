"""What pages and programs read of verdicts."""
