"""One module per engine that is measured, run in a process of its own.

Each has a class ``Engine``, which imports and warms up the engine when it is made;
``load`` brings votes into the form that the engine takes, and ``run`` is what is measured.
"""
