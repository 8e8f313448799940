"""What changes a study: how it is designed, moved on, answered and estimated."""
