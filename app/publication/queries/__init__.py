"""Questions about what was made public."""
