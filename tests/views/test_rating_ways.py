"""Other ways to a point (turning code, dossier, tablet), and what is added to a rating."""

import io
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock, remembered
from app.feedback.models import Case, DossierCode, Rating, RatingNote, RatingPoint, RatingReason, RestrictedReport
from app.visitors.device import COOKIE
from tests.support.feedback import make_point
from tests.support.pages import PageClient
from tests.support.rating import hidden, make_dossier, make_kiosk, no_floods, point, slot_now
from tests.support.strange_files import SECRET, hostile_paper, photo
from tests.support.visitors import Time, old_enough

__all__ = ["no_floods", "point"]

CHARACTERS = 1000


def tap(client: PageClient, path: str, level: int, token: str = "") -> Any:
    return client.post(path, data={"level": str(level), "token": token or hidden(client.get(path).text, "token")})


def tiers(session: Session) -> list[int]:
    return list(session.scalars(select(Rating.tier).order_by(Rating.id)))


def rated(client: PageClient, point: RatingPoint, level: int) -> dict[str, str]:
    """The hidden fields of the form on the thanks page, read for a minute."""
    page = tap(client, f"/r/{point.code}", level).text
    return {"ticket": hidden(page, "ticket"), **old_enough(client, f"note:{point.code}")}


def add(client: PageClient, point: RatingPoint, fields: dict[str, str], **more: Any) -> Any:
    return client.post(f"/r/{point.code}/them", data=fields | more)


# ---- ways


def test_a_turning_code_counts_more_while_it_holds(
    client: PageClient, session: Session, point: RatingPoint, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    time = Time(monkeypatch)
    keyring = app.extensions["danban"].keyring
    path = f"/r/{point.code}/{slot_now(keyring, point)}"
    token = hidden(client.get(path).text, "token")
    first = tap(client, path, 5)
    assert "Đã ghi nhận" in first.text and tiers(session) == [1]
    assert "Đã bỏ" in client.post(f"/r/{point.code}/bam-nham", data={
        "ticket": hidden(first.text, "ticket"), "slot": hidden(first.text, "slot")}).text  # fmt: skip
    time.pass_by(minutes=11)
    over = client.get(path)
    assert over.status_code == 410 and f'href="/r/{point.code}"' in over.text
    # What was tapped too late is not lost: it counts as if the printed code had been scanned.
    assert tap(client, path, 4, token).status_code == 200
    assert tiers(session) == [1, 0]
    assert client.get(f"/r/{point.code}/00000").status_code == 410


def test_a_dossier_rates_once_and_again_when_taken_back(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    path = f"/h/{make_dossier(session, app.extensions['danban'].keyring, point)}"
    session.commit()
    token, second = (hidden(client.get(path).text, "token") for _ in range(2))
    first = tap(client, path, 2, token)
    assert "Đã ghi nhận" in tap(client, path, 2, token).text
    refused = tap(client, path, 5, second)
    assert refused.status_code == 422 and "đã được dùng" in refused.text
    # Who printed the code could open it every evening: it looks as it did.
    assert client.get(path).status_code == 200
    assert tiers(session) == [2] and session.scalars(select(DossierCode.used)).one()
    assert "Đã bỏ" in client.post(f"{path}/bam-nham", data={"ticket": hidden(first.text, "ticket")}).text
    assert not session.scalars(select(DossierCode.used)).one()
    assert tap(client, path, 5).status_code == 200 and tiers(session) == [2, 2]
    assert client.get("/h/0000000000").status_code == 404


def test_a_tablet_is_somebody_else_each_time(client: PageClient, session: Session, point: RatingPoint) -> None:
    path = f"/quay/{make_kiosk(session, point)}"
    session.commit()
    page = client.get(path)
    token = hidden(page.text, "token")
    first = tap(client, path, 2, token)
    assert 'http-equiv="refresh" content="30;url=' in first.text and "Chờ lâu" in first.text
    assert "<textarea" not in first.text and 'type="file"' not in first.text
    added = client.post(f"{path}/them", data={"ticket": hidden(first.text, "ticket"), "reasons": ["long_wait"]})
    assert "Mời người tiếp theo" in added.text
    tap(client, path, 5)
    assert client.get_cookie(COOKIE) is None and "Set-Cookie" not in page.headers
    made = list(session.scalars(select(Rating).order_by(Rating.id)))
    assert [(one.tier, one.kiosk, one.on_site) for one in made] == [(1, True, True)] * 2
    assert made[0].device_hash != made[1].device_hash
    assert session.scalars(select(RatingReason.reason)).all() == ["long_wait"]


def test_nobody_finds_the_answer_of_the_person_before(
    client: PageClient, session: Session, point: RatingPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, path = Time(monkeypatch), f"/quay/{make_kiosk(session, point)}"
    session.commit()
    token = hidden(client.get(path).text, "token")
    ticket = hidden(tap(client, path, 1, token).text, "ticket")
    assert "Đã ghi nhận" in tap(client, path, 1, token).text  # A tap too many.
    time.pass_by(seconds=31)
    assert "ticket" not in tap(client, path, 1, token).text
    time.pass_by(minutes=2)
    late = client.post(f"{path}/bam-nham", data={"ticket": ticket})
    assert late.status_code == 409 and late.headers["Refresh"] == f"30; url={path}", (
        "nobody stands by to press a button"
    )
    assert "Refresh" not in client.get(path).headers
    kept = client.post(f"{path}/them", data={"ticket": ticket, "reasons": "attitude"})
    assert "Mời người tiếp theo" not in kept.text and session.scalars(select(RatingReason)).all() == []
    assert len(tiers(session)) == 1


def test_an_ended_tablet_takes_nothing(client: PageClient, session: Session, point: RatingPoint) -> None:
    path = f"/quay/{make_kiosk(session, point, ended_at=clock.now())}"
    session.commit()
    assert client.get(path).status_code == 410
    assert client.post(path, data={"level": "5"}).status_code == 410
    assert client.get("/quay/x").status_code == 410 and tiers(session) == []


# ---- what is added


def test_reasons_alone_are_kept_and_only_those_offered(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    fields = rated(client, point, 2)
    assert add(client, point, fields, reasons=["long_wait", "polite", "made_up"]).status_code == 200
    assert session.scalars(select(RatingReason.reason)).all() == ["long_wait"]
    assert session.scalars(select(RatingNote)).all() == []
    again = add(client, point, fields | old_enough(client, f"note:{point.code}"), text="Chờ lâu quá.")
    assert again.status_code == 409 and session.scalars(select(RatingNote)).all() == []


def test_words_wait_for_a_moderator_and_a_wish_makes_a_case(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    text = "Chờ <script>alert(1)</script> hai giờ."
    answer = add(client, point, rated(client, point, 2), text=text, answer="1", phone="0912 345 678")
    assert answer.status_code == 200 and "PA-" in answer.text and "<script>alert" not in answer.text
    assert "Cán bộ trả lời trong 5 ngày làm việc." in answer.text
    [note] = session.scalars(select(RatingNote))
    assert note.text == text and not note.visible and note.wants_answer and b"0912" not in (note.phone or b"")
    assert session.scalars(select(Case.center_id)).all() == [point.center_id]


def test_money_asked_for_reaches_the_inspectors_alone(client: PageClient, session: Session, point: RatingPoint) -> None:
    answer = add(client, point, rated(client, point, 1), reasons=["unofficial_payment"])
    assert "chỉ người kiểm tra" in answer.text
    named = add(client, point, rated(client, point, 1), text="Tôi tố cáo ông Nguyễn Văn Bình nhận hối lộ.", answer="1")
    assert "Đây có phải là đơn tố cáo?" in named.text and "PA-" in named.text
    assert session.scalars(select(RestrictedReport.kind)).all() == ["unofficial_payment"] * 2
    assert not any(note.text for note in session.scalars(select(RatingNote)))
    assert session.scalars(select(Case)).all() == []


def test_what_is_too_long_or_wrong_is_kept_on_the_page(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    fields, text = rated(client, point, 2), "Dài <b>" + "x" * CHARACTERS
    long = add(client, point, fields, text=text, reasons=["attitude"])
    assert long.status_code == 422 and "Dài &lt;b&gt;" in long.text and "x" * CHARACTERS in long.text
    assert 'checked id="reasons-4"' in long.text or "checked" in long.text
    assert hidden(long.text, "ticket") == fields["ticket"]
    phone = add(client, point, fields, text="Chờ lâu.", answer="1", phone="12")
    assert phone.status_code == 422 and "Số điện thoại không đúng" in phone.text and "Chờ lâu." in phone.text
    nothing = add(client, point, fields, text="  ")
    assert nothing.status_code == 422 and session.scalars(select(RatingNote)).all() == []


def test_a_photo_keeps_only_what_is_seen_and_no_other_file_is_taken(
    client: PageClient, session: Session, point: RatingPoint, app: Flask
) -> None:
    fields = rated(client, point, 2)
    for name, data in (("a.jpg", hostile_paper()), ("b.png", b"<svg onload=alert(1)>"), ("c.jpg", b"")):
        refused = add(client, point, fields, text="Ảnh.", photo=(io.BytesIO(data), name))
        assert refused.status_code == 422, name
    assert session.scalars(select(RatingNote)).all() == []
    assert add(client, point, fields, photo=(io.BytesIO(photo()), "IMG_1.jpg")).status_code == 200
    [note] = session.scalars(select(RatingNote))
    kept = app.extensions["danban"].storage.get(note.photo_key)
    assert kept.startswith(b"\xff\xd8") and SECRET not in kept and not note.photo_visible


def test_a_tablet_speaks_vietnamese_again_to_the_next_person(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    start = f"/quay/{make_kiosk(session, point)}"
    session.commit()
    for cookie in (("lang", "en"), ("display", "150.c")):
        client.set_cookie(*cookie)
    plain = client.get(start).text
    assert '<html lang="vi" class="text-100 kiosk">' in plain and "http-equiv" not in plain
    chosen = f"{start}?lang=en&amp;size=125"
    assert chosen in client.get(f"{start}?lang=en").text
    again = f'http-equiv="refresh" content="30;url={start}"'
    page = client.get(f"{start}?lang=en&size=125").text
    thanks = tap(client, f"{start}?lang=en&size=125", 1).text
    ticket = {"ticket": hidden(thanks, "ticket")}
    wrong = client.post(f"{start}?lang=en&size=125", data={"token": hidden(page, "token")}).text
    undone = client.post(f"{start}/bam-nham?lang=en&size=125", data=ticket).text
    refused = client.post(f"{start}/them?lang=en&size=125", data=ticket | {"reasons": "attitude"}).text
    for one in (page, thanks, wrong, undone, refused):
        assert '<html lang="en" class="text-125 kiosk">' in one and again in one and f'data-reset="{start}"' in one
        assert "/thong-tin/" not in one
    assert f'action="{chosen}"' in undone
    for strange in ("", "?lang=xx&size=900"):
        assert '<html lang="vi" class="text-100 kiosk">' in client.get(start + strange).text


def test_a_fault_loses_nothing_that_was_entered_and_undo_stays_for_its_time(
    client: PageClient, session: Session, point: RatingPoint, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    time, keyring = Time(monkeypatch), app.extensions["danban"].keyring
    dossier = make_dossier(session, keyring, point)
    session.commit()
    for path, entry in ((f"/r/{point.code}/{slot_now(keyring, point)}", "slot"), (f"/h/{dossier}", "dossier")):
        first = tap(client, path, 2).text
        fields = {"ticket": hidden(first, "ticket"), **old_enough(client, f"note:{point.code}")}
        fields[entry] = hidden(first, entry)
        entered = {"reasons": ["attitude", "unofficial_payment"], "text": "Chờ lâu.", "answer": "1", "phone": "12"}
        wrong = add(client, point, fields, **entered, photo=(io.BytesIO(photo()), "a.jpg"))
        assert wrong.status_code == 422 and "Tôi bấm nhầm" in wrong.text and "chọn lại ảnh" in wrong.text
        page = BeautifulSoup(wrong.text, "html.parser")
        assert {one["value"] for one in page.select("input[checked]")} == {"attitude", "unofficial_payment", "1"}
        assert page.select("textarea")[0].text.strip() == "Chờ lâu." and page.select("#phone")[0]["value"] == "12"
        assert hidden(wrong.text, entry) == path.rpartition("/")[2]
        # Fewer seconds than two minutes after the tap, and more.
        time.pass_by(minutes=1)
        assert "Tôi bấm nhầm" in add(client, point, fields, **entered).text
        # Larger letters, another language: the same page again, which only a POST shows.
        for form in page.select("form[action='/hien-thi'], form[action='/ngon-ngu']"):
            sent = {str(one["name"]): str(one["value"]) for one in form.select("input")}
            moved = client.post(str(form["action"]), data=sent | {"size": "150", "lang": "en"})
            assert moved.status_code == 307 and moved.location == f"/r/{point.code}/cam-on"
            shown = client.post(moved.location, data=sent).text
            assert "text-150" in shown and hidden(shown, entry) == path.rpartition("/")[2] and "bam-nham" in shown
        client.delete_cookie("lang")
        undo = page.select_one("form[action$=bam-nham]")
        assert undo is not None
        data = {str(one["name"]): str(one["value"]) for one in undo.select("input")}
        again = client.post(str(undo["action"]), data=data)
        assert "Đã bỏ" in again.text and f'action="{path}"' in again.text
        for ticket in (data["ticket"], "x"):
            shown = client.post(f"/r/{point.code}/cam-on", data=data | {"ticket": ticket}).text
            assert "hài lòng ở mức nào" in shown and "bam-nham" not in shown
    late = tap(client, path, 2).text
    fields = {"ticket": hidden(late, "ticket"), **old_enough(client, f"note:{point.code}")}
    time.pass_by(minutes=3)
    assert "Tôi bấm nhầm" not in add(client, point, fields, **entered).text


def test_only_who_rated_may_add_and_nothing_is_taken_back_after(
    client: PageClient, session: Session, point: RatingPoint
) -> None:
    fields = rated(client, point, 2)
    assert add(client, point, fields | {"ticket": "x"}, text="Chờ.").status_code == 409
    other = make_point(session, point.center)
    session.commit()
    remembered.forget_all()
    wrong = client.post(f"/r/{other.code}/them", data=fields | old_enough(client, f"note:{other.code}") | {"text": "x"})
    assert wrong.status_code == 409 and session.scalars(select(RatingNote)).all() == []
    assert add(client, point, fields, text="Chờ lâu quá.").status_code == 200
    undo = client.post(f"/r/{point.code}/bam-nham", data={"ticket": fields["ticket"]})
    assert undo.status_code == 409 and session.scalars(select(Rating.undone_at)).one() is None
