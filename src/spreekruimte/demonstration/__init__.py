"""The demonstration: made-up cases, simulated citizens of whom the truth is known, and sign-in."""
