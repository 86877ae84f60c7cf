"""What the law asks of publication (Law Đ11–14), as data and pure functions."""
