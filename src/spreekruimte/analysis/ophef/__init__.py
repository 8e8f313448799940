"""The fuss, measured apart from what the public finds."""
