"""Tables of consultations: drafts, comments, answers."""

from app.consultations.models.answers import Answer, OpinionGroup
from app.consultations.models.comments import Comment, CommentFile
from app.consultations.models.consultation import Consultation, ConsultationArea, ConsultationChange, ConsultationFile
from app.consultations.models.draft import DraftVersion, Piece

__all__ = [
    "Answer",
    "Comment",
    "CommentFile",
    "Consultation",
    "ConsultationArea",
    "ConsultationChange",
    "ConsultationFile",
    "DraftVersion",
    "OpinionGroup",
    "Piece",
]
