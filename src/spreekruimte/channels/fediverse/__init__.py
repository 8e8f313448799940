"""Our own actor in the fediverse."""
