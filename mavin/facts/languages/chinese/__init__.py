"""Chinese, simplified and traditional: script, words, noun phrases and clauses."""
