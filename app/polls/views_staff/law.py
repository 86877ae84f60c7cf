"""What the law says of a clause of Đ15, in the words of a page."""

from typing import Any

from flask_babel import gettext as _

from app.core import clock
from app.lib.calendar import format_number
from app.lib.citations import cite
from app.polls.rules import clauses
from app.polls.rules.thresholds import needed, threshold


def clause_choices() -> list[tuple[int, str]]:
    """The six clauses of Law Đ15, by their short names."""
    return [(rule.number, _("Khoản %(n)s: %(title)s", n=rule.number, title=_(rule.title))) for rule in _rules()]


def clause_hints() -> dict[str, str]:
    """Whether a clause may be decided online, told before it is chosen."""
    return {
        str(rule.number): _("Biểu quyết trực tuyến được.")
        if clauses.ONLINE in clauses.lawful_forms(rule.number)
        else _("Quyết định tại cuộc họp.")
        for rule in _rules()
    }


def clause_facts(number: int, households: int) -> dict[str, Any]:
    """What the law says of a clause: the matter, the forms with reasons, the share, who decides."""
    rule = clauses.clause_rule(number, clock.today())
    share = _(threshold(rule.threshold).words)
    if households:
        least = format_number(needed(households, rule.threshold))
        share = _(
            "%(share)s: cần ít nhất %(least)s/%(all)s hộ", share=share, least=least, all=format_number(households)
        )
    return {
        "number": number,
        "title": _(rule.title),
        "matter": _(rule.matter),
        "forms": clauses.forms_for(number, clauses.AREA, clock.today()),
        "form_names": clauses.FORM_NAMES,
        "share": share,
        "convener": _(rule.convener),
        "recognition": _(rule.recognition.words) if rule.recognition else "",
        "citation": cite(*rule.citations),
    }


def _rules() -> list[clauses.ClauseRule]:
    return [clauses.clause_rule(number, clock.today()) for number in sorted({rule.number for rule in clauses.CLAUSES})]
