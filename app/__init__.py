"""Dân Bàn: citizen participation and online voting for residential areas."""
