"""The outside world: each way out is a protocol with a real, an embedded and an in-memory form."""
