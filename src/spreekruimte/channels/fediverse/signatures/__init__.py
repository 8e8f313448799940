"""Signatures of requests: that of a draft most servers use (cavage), and that of RFC 9421."""
