"""Questions about polls, one module a subject."""
