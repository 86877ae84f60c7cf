"""What people do with accounts to pay to and with what is collected on them."""
