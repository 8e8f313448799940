"""Public bodies, their members with roles, and the audit trail of all changes."""
