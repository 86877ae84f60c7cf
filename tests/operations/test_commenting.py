"""Recording an opinion: once, at the right moment, from whom it may come; what becomes of it at the moderators'."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.consultations.contact import phone_of
from app.consultations.errors import Closed, NotPrepared, NotYetOpen, Withdrawn
from app.consultations.queries import comments
from app.consultations.rules.phases import Phase
from app.consultations.rules.saying import LONGEST
from app.core import clock
from app.core.errors import Refusal, WrongMoment
from app.moderation.models import ModerationItem
from tests.support.cast import in_days
from tests.support.commenting import KEYRING, TEXT, consulted, decide, item_of, number, say
from tests.support.consultations import make_version

HOSTILE = "<script>alert(1)</script>{{7*7}}\u202e\u0000"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"


# ------------------------------------------------------------------------------------------------ what is kept


def test_an_opinion_waits_for_a_moderator_where_they_come_first(session: Session) -> None:
    consultation = consulted(session, moderation="before")
    made = say(session, consultation, naming="shown", name=" Nguyễn  Thị Hoa ", phone="+84 912 345 678")
    assert (made.visible, made.shown_text, made.shown_name) == (False, None, "")
    assert (made.name, made.article_anchor, made.stance) == ("Nguyễn Thị Hoa", "dieu-1", "change")
    assert phone_of(KEYRING, made) == "0912345678" and b"0912345678" not in (made.phone or b"")
    item = item_of(session, made)
    assert (item.mode, item.status, item.path) == ("before", "pending", consultation.area.path)
    assert item.original.startswith(TEXT) and item.original.endswith("Nguyễn Thị Hoa")
    assert item.about == f"{consultation.title} · Điều 1. Nội dung thứ 1" and "091" not in item.original
    assert comments.shown(session, consultation.id, "dieu-1") == []


def test_and_is_shown_at_once_where_they_come_after(session: Session) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, naming="shown", name="Nguyễn Thị Hoa")
    [one] = comments.shown(session, consultation.id, "dieu-1")
    assert (one.id, one.text, one.name) == (made.id, TEXT, "Nguyễn Thị Hoa")


@pytest.mark.parametrize("mode", ["before", "after"])
def test_mere_agreement_is_counted_at_once(session: Session, mode: str) -> None:
    consultation = consulted(session, moderation=mode)
    made = say(session, consultation, stance="agree", text=" \n ", anchor="", naming="shown", name="Lê Văn Ba")
    assert (made.visible, made.shown_text, made.shown_name) == (True, "", "")
    assert session.scalar(select(func.count()).select_from(ModerationItem)) == 0
    assert comments.counts(session, consultation.id)[""].agree == 1
    assert comments.shown(session, consultation.id, "") == []


@pytest.mark.parametrize(("stance", "text"), [("agree", ""), ("change", TEXT)])
def test_what_looks_like_a_program_is_not_shown_unread(session: Session, stance: str, text: str) -> None:
    made = say(session, consulted(session, moderation="after"), stance=stance, text=text, held=True)
    assert not made.visible and item_of(session, made).mode == "before"
    decide(session, item_of(session, made), "approved")
    assert made.visible and made.shown_text == text


@pytest.mark.parametrize("naming", ["staff", "none"])
def test_a_name_that_is_not_to_be_shown_goes_nowhere(session: Session, naming: str) -> None:
    consultation = consulted(session, moderation="after")
    made = say(session, consultation, naming=naming, name="Nguyễn Thị Hoa")
    assert made.name == ("Nguyễn Thị Hoa" if naming == "staff" else "")
    assert made.shown_name == "" and "Hoa" not in item_of(session, made).original
    decide(session, item_of(session, made), "approved")
    assert comments.shown(session, consultation.id, "dieu-1")[0].name == ""


def test_hostile_text_is_kept_as_text_without_what_cannot_be_seen(session: Session) -> None:
    made = say(session, consulted(session), text=f"{HOSTILE}\r\n\r\n\r\nDòng   hai")
    assert made.text == "<script>alert(1)</script>{{7*7}}\n\nDòng hai"
    with pytest.raises(Refusal) as refused:
        say(session, consulted(session), naming="shown", name="Hoa\u202e")
    assert refused.value.field == "name"


def test_each_code_is_of_its_own_and_says_nothing(session: Session) -> None:
    consultation = consulted(session)
    codes = {say(session, consultation, text=f"{TEXT} {n}").code for n in range(5)}
    assert len(codes) == 5 and all(len(code) == 8 for code in codes)


# ------------------------------------------------------------------------------------------------ once


def test_the_same_sending_again_is_the_same_opinion(session: Session) -> None:
    consultation = consulted(session)
    made = say(session, consultation, client_uuid=UUID)
    again = say(session, consultation, client_uuid=UUID)
    assert again.id == made.id and number(session) == 1
    assert session.scalar(select(func.count()).select_from(ModerationItem)) == 1


def test_it_is_found_again_even_after_the_end(session: Session) -> None:
    consultation = consulted(session)
    made = say(session, consultation, client_uuid=UUID)
    consultation.closes_at = in_days(-0.1)
    session.flush()
    assert say(session, consultation, client_uuid=UUID).code == made.code


@pytest.mark.parametrize("other", [{"text": "Khác hẳn."}, {"stance": "other"}, {"anchor": "dieu-2"}])
def test_something_else_under_the_same_mark_is_refused(session: Session, other: dict[str, str]) -> None:
    consultation = consulted(session)
    say(session, consultation, client_uuid=UUID)
    with pytest.raises(WrongMoment, match="đã gửi rồi"):
        say(session, consultation, client_uuid=UUID, **other)
    with pytest.raises(WrongMoment):
        say(session, consulted(session), client_uuid=UUID)
    assert number(session) == 1


def test_one_device_says_the_same_thing_once(session: Session) -> None:
    consultation = consulted(session)
    device = "d" * 64
    for values in ({"stance": "agree", "text": "", "anchor": ""}, {"text": TEXT}):
        say(session, consultation, device_hash=device, **values)
        with pytest.raises(WrongMoment, match="giống hệt"):
            say(session, consultation, device_hash=device, **values)
        say(session, consultation, device_hash="e" * 64, **values)
    say(session, consultation, device_hash=device, text="Thêm một ý nữa.")
    assert number(session) == 5


# ------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("phase", "refusal"),
    [
        (Phase.PREPARING, NotPrepared),
        (Phase.UPCOMING, NotYetOpen),
        (Phase.CLOSED, Closed),
        (Phase.ANSWERED, Closed),
        (Phase.ADOPTED, Closed),
        (Phase.WITHDRAWN, Withdrawn),
    ],
)
def test_only_while_it_is_open(session: Session, phase: Phase, refusal: type[Refusal]) -> None:
    consultation = consulted(session, phase)
    for values in ({}, {"stance": "agree", "text": "", "anchor": ""}):
        with pytest.raises(refusal):
            say(session, consultation, **values)
    assert number(session) == 0


def test_the_databases_clock_decides_and_no_other(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    consultation = consulted(session, Phase.CLOSED)
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real - timedelta(days=20))
    with pytest.raises(Closed):
        say(session, consultation)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " \u200b\n"}, "text"),
        ({"stance": "other", "text": ""}, "text"),
        ({"text": "a" * (LONGEST + 1)}, "text"),
        ({"stance": "against"}, "stance"),
        ({"naming": "loud"}, "stance"),
        ({"naming": "shown", "name": " "}, "name"),
        ({"naming": "staff", "name": ""}, "name"),
        ({"naming": "shown", "name": "x" * 200}, "name"),
        ({"phone": "12345"}, "phone"),
        ({"phone": "0912345678, 0987654321"}, "phone"),
        ({"anchor": "dieu-99"}, "anchor"),
        ({"anchor": "dieu-1-khoan-1"}, "anchor"),
        ({"weight": 0}, "weight"),
        ({"source": "paper"}, "source"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(session: Session, values: dict[str, Any], field: str) -> None:
    consultation = consulted(session)
    with pytest.raises(Refusal) as refused:
        say(session, consultation, **values)
    assert refused.value.field == field and number(session) == 0


def test_the_longest_text_fits(session: Session) -> None:
    assert len(say(session, consulted(session), text="ẵ" * LONGEST).text) == LONGEST


def test_the_version_that_was_read_is_kept(session: Session) -> None:
    consultation = consulted(session)
    newer = make_version(session, consultation, articles=1)
    assert say(session, consultation, text="Một.").version_id == newer.id
    older = say(session, consultation, text="Hai.", version_no=1, anchor="dieu-3")
    assert older.version_id != newer.id
    with pytest.raises(Refusal):
        say(session, consultation, text="Ba.", anchor="dieu-3")
