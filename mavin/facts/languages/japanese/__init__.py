"""Japanese: words, noun phrases and clauses."""
