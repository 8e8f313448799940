"""Mastodon, and servers that offer the same interface to programs."""
