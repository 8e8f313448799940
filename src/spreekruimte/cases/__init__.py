"""Cases: one post in its context, prepared for judging, and what must hold before it is asked."""
