"""What was measured of the fuss, in words, pictures and tables."""
