"""Spreekruimte: ask the public how much room a public servant has to speak."""
