"""The law of votes: pure functions over dated, cited, keyed tables; never edited, only ended and superseded."""
