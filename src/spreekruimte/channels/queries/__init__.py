"""What pages read of the channels."""
