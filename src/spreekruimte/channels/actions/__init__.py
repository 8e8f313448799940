"""Changes of what the channels keep."""
