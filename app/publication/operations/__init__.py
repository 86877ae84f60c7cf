"""What is done to postings, the places where they hang, and plans."""
