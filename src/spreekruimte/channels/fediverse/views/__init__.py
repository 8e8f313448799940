"""The pages and answers of our actors."""
