"""Moderation of what people write: of reasons, and of the messages of a dialogue, in one way."""
