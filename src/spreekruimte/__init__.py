"""Spreekruimte: how much room does a public servant have to speak, in the eyes of the public?"""
