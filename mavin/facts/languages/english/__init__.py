"""English: grammar, people, noun phrases, and prompts without punctuation."""
