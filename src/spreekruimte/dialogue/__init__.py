"""Questions and answers between citizens, the public servant and the organisation."""
