"""Studies: vignettes that ask which context leaves how much room, and the map of that room."""
