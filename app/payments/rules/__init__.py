"""Pure rules of payment codes: what a code says, whose bank a number is, when an account is shown."""
