"""News feeds: read them, ask for them politely, and find what is about an incident."""
