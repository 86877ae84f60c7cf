"""Questions about counters, points, ratings and cases."""
