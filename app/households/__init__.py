"""Households, their representatives (Law Đ18.2) and the roll of an area."""
