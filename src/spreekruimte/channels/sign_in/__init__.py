"""Let citizens show an account elsewhere, so that it is more certain that they vote once.

Asked for is who somebody is and nothing else; the token is given up at once. Nothing is stored of
a sign-in under way, and afterwards no more than of other ways in: a pseudonym per case.
"""
