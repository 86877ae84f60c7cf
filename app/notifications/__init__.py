"""Telling people: messages written in the transaction of the event, delivered by a job through a channel."""

from flask import Flask


def init_app(_app: Flask) -> None:
    """Messages have no pages of residents."""
