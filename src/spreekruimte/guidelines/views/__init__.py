"""The pages of guidelines."""
