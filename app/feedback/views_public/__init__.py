"""Pages where residents rate, ask and read."""
