"""From the register to figures: read the signals, measure them, and compare incidents."""
