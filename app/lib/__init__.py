"""Pure functions with no database and no web: text, calendar, codes, tables."""
