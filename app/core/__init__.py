"""Database, clock, refusals, permissions and signed tokens; knows nothing of HTTP."""
