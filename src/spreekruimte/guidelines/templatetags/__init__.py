"""What the templates of the dialogue can write."""
