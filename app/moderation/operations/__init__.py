"""Verbs of the queue. Every one that changes what others see tells the kind of the text in the same transaction."""
