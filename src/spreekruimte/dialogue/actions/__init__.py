"""Changes to a dialogue; each is one transaction.

The actions keep the rules that hold for everyone. Who may do what is asked by whoever calls them.
"""
