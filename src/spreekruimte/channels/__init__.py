"""Asking and answering where people are: social networks, blogs, other pages."""
