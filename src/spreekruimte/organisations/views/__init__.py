"""The pages on which members see and change their organisations."""
