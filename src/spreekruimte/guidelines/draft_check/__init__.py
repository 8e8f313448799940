"""How much room do I have? What the public is expected to find of a post before it is posted.

Nothing is kept of who asks: no row, no cookie, no log of answers or text.
"""
