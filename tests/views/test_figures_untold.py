"""What figures keep back: small numbers, days that are not over, and whatever would let them be worked out."""

from datetime import timedelta

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.operations import sums
from app.feedback.rules.periods import period_of, told_until
from app.lib.tables import read_table
from tests.support.feedback import make_counter, make_point
from tests.support.figure_pages import NAMES, day_told, days, page, rated, row_of, shown
from tests.support.figures import Rated, make_rated, rate, settle
from tests.support.papers import pdf_text
from tests.support.staff import sign_in_as


def test_days_of_a_week_that_is_not_over_are_counted_and_not_told(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    today = clock.today()
    since = today.weekday()
    rate(session, made, "5" * 12, days=since + 1)
    rate(session, made, "1" * 25)
    rate(session, made, "1" * 3, days=since)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    for kind, day in (("week", today), ("year", today - timedelta(days=since + 1))):
        address = page(made, ky=kind, ngay=day.isoformat())
        text = shown(client, address)
        # What is over is told, in the trend at least; nothing of the rest, not even in a sum.
        assert "n = 12" in text and "n = 28" not in text and "n = 40" not in text
        if today.year == (today - timedelta(days=since + 1)).year:
            assert "Từ đó đến nay có thêm 28 lượt" in text
            assert "đến hết ngày" in pdf_text(client.get(page(made, "/tai.pdf", ky=kind, ngay=day.isoformat())).data)


def test_few_ratings_of_a_part_are_counted_and_not_told(client: FlaskClient, session: Session, days: int) -> None:
    """With the roster, a few ratings of a counter speak of one officer."""
    made = make_rated(session)
    third = make_counter(session, made.center, name="Quầy Ba")
    made.points.append(make_point(session, third))
    rate(session, made, "5" * 40, days=days)
    rate(session, made, "5" * 11 + "1", place=1, days=days)
    rate(session, made, "21", place=2, days=days)
    settle(session, made)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    assert "n = 54" in shown(client, page(made))
    for name, few in (("Quầy Ba", "2"), ("Quầy Đất đai", "12")):
        assert row_of(client, page(made), "theo-quay", name)[1:5] == ["chưa nêu", few, "0", "–"]
    assert "n = 40" in row_of(client, page(made), "theo-quay", "Quầy Hộ tịch")[1]
    for counter, n in ((third, 2), (made.counters[1], 12)):
        text = shown(client, page(made, quay=counter.id))
        assert "Chưa nêu số liệu" in text and f"Có {n} lượt được tính" in text and "n = " not in text
        assert "Chưa nêu các mức" in pdf_text(client.get(page(made, "/tai.pdf", quay=counter.id)).data)
    book = read_table(client.get(page(made, "/tong-hop.xlsx")).data, "x.xlsx")
    for sheet in book:
        # Name, how many, "not told", nothing else but how many were left out.
        cells = [[f"{cell}".removesuffix(".0") for cell in row if cell not in (None, "")] for _at, row in sheet.rows]
        lines = {row[1]: row[2:] for row in cells if row[0] == "Quầy"}
        assert lines["Quầy Ba"] == ["2", "chưa nêu", "0"] and lines["Quầy Đất đai"] == ["12", "chưa nêu", "0"]
    paper = pdf_text(client.get(page(made, "/tai.pdf")).data)
    assert paper.count("chưa nêu") == 4  # two counters, their two groups


def test_a_counter_less_a_group_leaves_nobody_over(client: FlaskClient, session: Session, days: int) -> None:
    """Of the second counter's visitors all but one came for what no other counter handles."""
    made = make_rated(session)
    made.points.append(make_point(session, made.counters[1], group=made.groups[0]))
    rate(session, made, "5" * 30, days=days)
    rate(session, made, "5" * 20 + "444444", place=1, days=days)
    rate(session, made, "1", place=2, days=days)
    settle(session, made)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    assert "n = 27" in shown(client, page(made, quay=made.counters[1].id))
    for group in made.groups:
        assert "Chưa nêu số liệu" in shown(client, page(made, nhom=group.id))
    # A counter and a group together are a cell of the table: the page is about the counter alone.
    assert "n = 30" in shown(client, page(made, quay=made.counters[0].id, nhom=made.groups[0].id))
    rate(session, made, "1" * 11, place=2, days=days)
    sums.ask(session, made.center.id, day_told())
    session.commit()
    for group, n in zip(made.groups, (42, 26), strict=True):
        assert f"n = {n}" in shown(client, page(made, nhom=group.id))


def test_an_officer_less_the_counter_leaves_nobody_over(client: FlaskClient, session: Session, days: int) -> None:
    """Lan's four at the counter would be the counter's less Khoa's, though she has enough elsewhere."""
    made = make_rated(session, officers=NAMES[:2])
    rate(session, made, "5" * 20, officer=0, days=days)
    rate(session, made, "1115", officer=1, days=days)
    rate(session, made, "4" * 30, officer=1, place=1, days=days)
    settle(session, made)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    assert "n = 24" in shown(client, page(made, quay=made.counters[0].id))
    for officer in made.officers:
        assert "Chưa nêu số liệu" in shown(client, page(made, can_bo=officer.id))


def test_what_few_that_do_not_count_chose_is_not_told(client: FlaskClient, session: Session, days: int) -> None:
    made = make_rated(session)
    rate(session, made, "5" * 12, days=days)
    rate(session, made, "1", days=days, standing="held")
    rate(session, made, "4" * 20, place=1, days=days)
    rate(session, made, "1" * 10, place=1, days=days, standing="excluded")
    settle(session, made)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    one = shown(client, page(made, quay=made.counters[0].id))
    assert "n = 12" in one and "tính cả thì" not in one and "n = 13" not in one
    assert "tính cả thì 66,6 %" in shown(client, page(made, quay=made.counters[1].id))


def test_parts_are_told_of_months_that_are_over(client: FlaskClient, session: Session) -> None:
    """A week of a counter, or the same month a week later, would leave few over when taken from each other."""
    made, until = make_rated(session), told_until(clock.today())
    month = period_of("month", until)
    rate(session, made, "5" * 40, days=(clock.today() - until).days)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    for kind in ("week", "month", "quarter", "year"):
        text = shown(client, page(made, ky=kind, ngay=until.isoformat(), quay=made.counters[0].id))
        assert "40 lượt được tính" in text or (kind != "week" and month.last == until)
        assert ("n = 40" in text) is (kind != "week" and month.last == until)
        assert "n = 40" in shown(client, page(made, ky=kind, ngay=until.isoformat()))


def test_a_small_number_of_an_officer_is_told_nowhere(client: FlaskClient, session: Session, rated: Rated) -> None:
    """Not by itself, and not as what is left over when all others are known: two of nobody and three of Tám are 5."""
    sign_in_as(client, session, Role.LEADER, rated.commune)
    for officer in (1, 2):
        # Lan has 12, but what is left over without her would be five.
        asked = {"can_bo": rated.officers[officer].id}
        assert "Chưa nêu số liệu" in shown(client, page(rated, **asked))
        assert "chưa đủ 10 lượt" in pdf_text(client.get(page(rated, "/tai.pdf", **asked)).data)
        sheets = read_table(client.get(page(rated, "/tong-hop.xlsx", **asked)).data, "x.xlsx")
        assert all(len(sheet.rows) == 3 for sheet in sheets), sheets
    khoa = {"can_bo": rated.officers[0].id}
    for kind in ("month", "quarter", "year"):
        assert "92,8 % (68,5–98,7 %; n = 14)" in shown(client, page(rated, **khoa, ky=kind))
    assert "Chưa nêu số liệu" in shown(client, page(rated, **khoa, ky="week"))
    main = BeautifulSoup(client.get(page(rated)).text, "lxml").find("table", id="theo-nguoi")
    assert main is not None and "Khoa" in main.text and "Lan" not in main.text and "Tám" not in main.text
    paper = pdf_text(client.get(page(rated, "/tai.pdf")).data)
    assert "Khoa" in paper and "Lan" not in paper and "Tám" not in paper
    book = str(read_table(client.get(page(rated, "/tong-hop.xlsx")).data, "x.xlsx"))
    assert "Khoa" in book and "Lan" not in book and "Tám" not in book


def test_a_quarter_tells_of_an_officer_what_its_months_told(client: FlaskClient, session: Session) -> None:
    """Else the quarter less the month that is told would be the nine of another."""
    made, today = make_rated(session, officers=NAMES[:1]), clock.today()
    quarter = period_of("quarter", today).previous.previous
    for levels, month in zip(("5" * 15, "1" * 9), quarter.months(today), strict=False):
        rate(session, made, levels, officer=0, days=(today - month.first).days)
    settle(session, made)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    for kind in ("quarter", "year"):
        text = shown(client, page(made, ky=kind, ngay=quarter.first.isoformat(), can_bo=made.officers[0].id))
        assert "n = 15" in text and "n = 24" not in text and "n = 9" not in text
        whole = shown(client, page(made, ky=kind, ngay=quarter.first.isoformat()))
        assert "n = 24" in whole


def test_an_officers_month_that_is_not_over_is_not_told(client: FlaskClient, session: Session) -> None:
    made = make_rated(session, officers=NAMES[:1])
    rate(session, made, "5" * 40, officer=0)
    rate(session, made, "5" * 40, officer=0, days=7)
    session.commit()
    sign_in_as(client, session, Role.LEADER, made.commune)
    for day in (clock.today(), clock.today() - timedelta(days=7)):
        month = period_of("month", day)
        if month.last > told_until(clock.today()):
            asked = {"ngay": day.isoformat(), "can_bo": made.officers[0].id}
            assert "Chưa nêu số liệu" in shown(client, page(made, **asked))


def test_officers_are_not_told_of_parts_of_a_centre(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.LEADER, rated.commune)
    part = client.get(page(rated, quay=rated.counters[0].id))
    assert "theo-nguoi" not in part.text
    whole = shown(client, page(rated, can_bo=rated.officers[0].id, quay=rated.counters[1].id))
    assert "n = 14" in whole
    assert client.get(page(rated, can_bo=99999)).status_code == 404


def test_who_may_not_see_officers_is_told_nothing_of_them(client: FlaskClient, session: Session, rated: Rated) -> None:
    sign_in_as(client, session, Role.COMMUNE_OFFICER, rated.commune)
    answer = client.get(page(rated))
    assert "theo-nguoi" not in answer.text and "can-bo" not in answer.text
    assert "Chưa nêu số liệu" in shown(client, page(rated, can_bo=rated.officers[0].id))


__all__ = ["days", "rated"]
