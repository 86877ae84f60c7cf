"""Papers of the counters: posters with the code of a point, the sheet for rosters."""
