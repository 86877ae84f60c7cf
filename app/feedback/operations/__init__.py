"""What is done with counters, points, ratings and cases."""
