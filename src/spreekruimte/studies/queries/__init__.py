"""What pages, and the rooms above, read of studies."""
