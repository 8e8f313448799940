"""How people who work for an organisation sign in: what we ask of allauth, and what we close."""
