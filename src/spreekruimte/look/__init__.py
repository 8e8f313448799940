"""What all pages share: layout, pictures, static files. Knows no domain."""
