"""Every change to guidelines."""
