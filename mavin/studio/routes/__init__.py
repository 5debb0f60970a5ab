"""The studio's paths, by what they are about."""
