"""Voices: what several people of one organisation said on one topic, side by side."""
