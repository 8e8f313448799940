"""Guidelines: rules as data, their versions, and how well founded each line is."""
