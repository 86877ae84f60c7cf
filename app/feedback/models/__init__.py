"""The tables of ratings, in groups: places, ratings, trust, review, cases, figures."""

from app.feedback.models.cases import Case, CaseAct, RestrictedAct, RestrictedReport
from app.feedback.models.numbers import (
    Alert,
    BoardNote,
    QuarterReport,
    QuarterScore,
    RatingSum,
    ReasonSum,
    SumDue,
    SumRun,
)
from app.feedback.models.places import (
    CounterGroup,
    Officer,
    PointCheck,
    PointScan,
    ProcedureGroup,
    RatingPoint,
    RosterImport,
    ServiceCenter,
    ServiceCounter,
    Shift,
)
from app.feedback.models.ratings import Rating, RatingNote, RatingReason, SlipAnswer, SurveyAnswer, SurveyResponse
from app.feedback.models.review import RatingFlag, RuleRun
from app.feedback.models.trust import ApiKey, Display, DossierCode, DossierCount

__all__ = [
    "Alert",
    "ApiKey",
    "BoardNote",
    "Case",
    "CaseAct",
    "CounterGroup",
    "Display",
    "DossierCode",
    "DossierCount",
    "Officer",
    "PointCheck",
    "PointScan",
    "ProcedureGroup",
    "QuarterReport",
    "QuarterScore",
    "Rating",
    "RatingFlag",
    "RatingNote",
    "RatingPoint",
    "RatingReason",
    "RatingSum",
    "ReasonSum",
    "RestrictedAct",
    "RestrictedReport",
    "RosterImport",
    "RuleRun",
    "ServiceCenter",
    "ServiceCounter",
    "Shift",
    "SlipAnswer",
    "SumDue",
    "SumRun",
    "SurveyAnswer",
    "SurveyResponse",
]
