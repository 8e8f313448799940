"""Verdicts: computed, published and recomputed."""
