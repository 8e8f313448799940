"""Each change to what is proposed."""
