"""The editable calendar of days off behind every deadline in working days."""
