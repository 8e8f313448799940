"""Results of studies as pages show them: sentences, pictures, tables."""
