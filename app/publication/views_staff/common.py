"""What the staff pages of publication share."""

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _

from app.areas.models import Area
from app.areas.queries import places_for
from app.core import clock
from app.publication.models import Posting
from app.publication.operations.common import EDIT
from app.publication.rules.heads import FORMS, HEADS
from app.publication.rules.states import STATE_NAMES, State, state
from app.web import current

VIEW = "publication:posting:view"
bp = Blueprint("publication_staff", __name__, url_prefix="/staff/cong-khai")
STATE_KINDS = {State.DRAFT: "", State.POSTED: "good", State.ENDING: "warn", State.ENDED: "", State.WITHDRAWN: "bad"}


def page(name: str, **values: Any) -> Any:
    """A page with the words of heads, forms and states."""
    return render_template(f"publication/staff/{name}.html", **words(), **values)


def words() -> dict[str, Any]:
    today = clock.today()
    return {
        "heads": HEADS,
        "forms": FORMS,
        "today": today,
        "state_names": STATE_NAMES,
        "state_kinds": STATE_KINDS,
        "state_of": lambda posting: state(posting.status, posting.until, today),
    }


def head_choices() -> list[tuple[int, str]]:
    """The 14 heads for a select, each with its clause and its short name; 0, which no head is, until one is chosen."""
    named = [(head.number, _("Khoản %(n)s: %(name)s", n=head.number, name=_(head.name))) for head in HEADS.values()]
    return [(0, _("Chọn nội dung")), *named]


def head_hint() -> str:
    """What is to be said at a choice of heads: which names still have to be held against the law."""
    unsure = [str(head.number) for head in HEADS.values() if not head.confirmed]
    sentence = _(
        "Tên các nội dung được ghi gọn. Đối chiếu với Điều 11 của Luật khi chọn khoản %(numbers)s.",
        numbers=", ".join(unsure),
    )
    return str(sentence)


def communes() -> list[Area]:
    """Communes in which the asker sees what was made public."""
    found = places_for(current.session(), current.actor(), VIEW, level="commune", day=clock.today())
    return list(found)


def to_posting(posting: Posting) -> Any:
    return redirect(url_for("publication_staff.posting", posting_id=posting.id), 303)


def may_edit(posting: Posting) -> bool:
    return current.actor().may(EDIT, posting.area.path)


def day_given(day: date | None) -> date:
    """The day of a field that a form has found filled in."""
    if day is None:
        raise ValueError("the form lets no empty day through")
    return day
