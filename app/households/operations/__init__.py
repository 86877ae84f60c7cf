"""Verbs on households: by hand, and by a roll brought in from a file."""
