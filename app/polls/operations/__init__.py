"""Verbs on polls, one module a stage."""
