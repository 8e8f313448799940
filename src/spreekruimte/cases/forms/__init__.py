"""What an editor fills in about a case: one subject a form, each without a script."""
