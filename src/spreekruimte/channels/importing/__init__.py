"""Take over a post from a network as the beginning of a case, without whose it is.

It is read at the server where it stands. What leads to a person is left out before anything is
stored, and neither its address nor its text is stored at all: an editor tells it anew.
"""
