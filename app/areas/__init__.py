"""Places: province, commune, residential area (Law Đ2.3), their validity and succession."""
