"""Measurements of the engine against its peers and its bounds; each module runs by itself."""
