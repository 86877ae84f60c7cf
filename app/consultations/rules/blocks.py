"""What the reader of a file hands over: lines of text, in order, with the little that their looks tell."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One line of a file, never empty. ``strong``: a heading, or bold from end to end.

    ``joined``: the file itself says that the line goes on in the paragraph of the line before.
    """

    text: str
    strong: bool = False
    joined: bool = False
