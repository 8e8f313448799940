"""What templates of ballots can call."""
