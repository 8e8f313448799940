"""The science: arrays in, results out. Knows no Django, no network, no clock, no global state."""
