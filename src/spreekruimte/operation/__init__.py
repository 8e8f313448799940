"""What the operator of an installation does: serve, work in the background, back up, check."""
