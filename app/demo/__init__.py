"""A believable commune to look at and to measure: invented people, real procedures. Never in production."""
