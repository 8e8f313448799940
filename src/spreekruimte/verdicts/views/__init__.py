"""The pages of verdicts."""
