"""Background work: a table of jobs in the business transaction, and the workers that do them."""

from flask import Flask


def init_app(_app: Flask) -> None:
    """Jobs have no pages of their own; slices show the progress of theirs."""
