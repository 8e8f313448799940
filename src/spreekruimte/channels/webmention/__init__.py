"""Blog posts that mention a case."""
