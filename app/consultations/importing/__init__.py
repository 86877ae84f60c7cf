"""Reading the file of a draft as lines of text, whatever program wrote it."""

from app.consultations.importing.reading import MOST_CHARACTERS, read

__all__ = ["MOST_CHARACTERS", "read"]
