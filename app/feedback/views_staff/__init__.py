"""Staff pages of counters, points, ratings and cases."""
