"""The pages of ballots."""
