"""What pages read about rounds, ballots and reasons."""
