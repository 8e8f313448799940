"""The pages of the channels."""
