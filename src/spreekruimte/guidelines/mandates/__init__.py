"""Mandates: how much room an organisation gives each role on each topic."""
