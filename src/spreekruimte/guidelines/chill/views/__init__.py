"""The pages of surveys of chill."""
