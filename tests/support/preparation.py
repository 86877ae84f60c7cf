"""An online vote in good order, to be changed in one thing or another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from app.polls.rules.facts import MeetingFacts, MemberFacts, OptionFacts, PreconditionFacts, PreparationFacts
from app.polls.rules.house import HouseRules
from app.polls.rules.opening import STATUTORY_OPTIONS, what_prevents_opening

NOW = datetime(2026, 3, 6, 2, tzinfo=UTC)  # Friday, 09:00 in Vietnam
OPENS = datetime(2026, 3, 9, 0, tzinfo=UTC)  # Monday, 07:00
TODAY = date(2026, 3, 6)
OPTIONS = tuple(OptionFacts(key=key, label=label) for key, label in STATUTORY_OPTIONS.items())
TEAM = (
    MemberFacts(name="Trần Văn Hùng", body="front", is_head=True),
    MemberFacts(name="Lê Thị Mai", body="community"),
    MemberFacts(name="Phạm Quốc Anh", body="household", technical=True),
)


def condition(key, happened_on=date(2026, 3, 2), **values):
    return PreconditionFacts(key=key, happened_on=happened_on, proven=True, **values)


CONDITIONS = {
    "leaders_agree": condition("leaders_agree"),
    "reported_committee": condition("reported_committee"),
    "reported_front": condition("reported_front"),
    "community_agrees": condition("community_agrees", agreed=150, total=299),
    "devices": condition("devices"),
}


def ready(**changes):
    """An online vote in good order, but for the changes."""
    values = {
        "kind": "decision",
        "clause": 6,
        "scope": "area",
        "form": "online",
        "title": "Lắp camera an ninh",
        "question": "Ông/Bà có đồng ý lắp camera an ninh ở đầu các ngõ không?",
        "options": OPTIONS,
        "level": "sealed",
        "households": 299,
        "without_representative": 0,
        "roll_rule": "Hộ thường trú và hộ tạm trú từ 6 tháng.",
        "opens_at": OPENS,
        "closes_at": OPENS + timedelta(days=3),
        "now": NOW,
        "team": TEAM,
        "preconditions": tuple(CONDITIONS.values()),
        "rehearsal_matched": True,
    }
    return PreparationFacts(**{**values, **changes})


def ready_consent(**changes):
    conditions = tuple(CONDITIONS[key] for key in ("leaders_agree", "reported_committee", "reported_front"))
    return ready(**{"kind": "online_consent", "preconditions": conditions, **changes})


def ballot(clause=1, **changes):
    values = {"clause": clause, "form": "ballot", "preconditions": (), "rehearsal_matched": None}
    return ready(**{**values, "failed_meeting": MeetingFacts(held_on=TODAY, attended=199, total=299), **changes})


def with_condition(key, **changes):
    """The conditions with one of them changed, or left out when nothing is said."""
    conditions = {**CONDITIONS, key: replace(CONDITIONS[key], **changes)} if changes else dict(CONDITIONS)
    if not changes:
        del conditions[key]
    return ready(preconditions=tuple(conditions.values()))


def keys(facts, **house):
    return [problem.key for problem in what_prevents_opening(facts, HouseRules(**house))]
