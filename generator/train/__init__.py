"""Training: the synthetic world, and the loops that make weights from it."""
