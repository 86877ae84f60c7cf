"""Votes of residential areas: preparation, slips, casting, counting and the decision (Law Đ15–22, NĐ59 Đ5)."""
