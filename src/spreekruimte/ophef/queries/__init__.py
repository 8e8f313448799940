"""What pages read of the register."""
