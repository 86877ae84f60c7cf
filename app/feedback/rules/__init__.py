"""Rules of ratings, pure: no clock, no database."""
