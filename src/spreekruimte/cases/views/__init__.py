"""The pages on which cases are prepared, and on which a public servant agrees to one."""
