"""Pure rules of moderation: suggestions, what is seen, covering, and the words of reasons."""
