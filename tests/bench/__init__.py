"""Measurements of the running service, each beside what it is to be compared with."""
