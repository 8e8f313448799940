"""The ballot inside pages of others."""
