"""Chill: a survey of who would stay silent where the public finds speaking admissible."""
