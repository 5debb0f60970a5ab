"""Spanish, Portuguese, Italian, French and German: one grammar, whose words are in :mod:`mavin.facts.languages.tables`."""
