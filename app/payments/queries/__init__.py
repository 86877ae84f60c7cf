"""Questions about accounts to pay to and about what is collected."""
