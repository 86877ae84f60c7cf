"""Tables of polls, by what they are about."""

from app.polls.models.ballots import Ballot, KeyRelease, LogLeaf, RollEntry, Slip
from app.polls.models.outcome import Decision, OtherOpinion, Rehearsal, Result
from app.polls.models.poll import Poll, PollChange, PollDocument, Precondition, TeamMember

__all__ = [
    "Ballot",
    "Decision",
    "KeyRelease",
    "LogLeaf",
    "OtherOpinion",
    "Poll",
    "PollChange",
    "PollDocument",
    "Precondition",
    "Rehearsal",
    "Result",
    "RollEntry",
    "Slip",
    "TeamMember",
]
