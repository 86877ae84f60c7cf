"""The public board of a commune's counters, and the lines staff write for it."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.permissions import Role
from app.feedback.models import BoardNote
from app.feedback.operations import sums
from app.feedback.rules.periods import told_until
from tests.support.cast import make_commune
from tests.support.feedback import make_note, make_point, make_rating
from tests.support.figure_pages import day_told
from tests.support.figures import make_rated, rate, returned, settle
from tests.support.staff import csrf, send, sign_in_as


def test_the_board_tells_what_everybody_may_know(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    address = f"/mot-cua/{made.commune.code}"
    sunday = (clock.today() - told_until(clock.today())).days
    over = (clock.today() - day_told()).days
    rate(session, made, "554", days=over + 1)
    session.commit()
    assert "Chưa đủ 10 lượt" in client.get(address).text
    rate(session, made, "5555555444", days=over, tier=1)
    rate(session, made, "111", place=1, days=over + 2)
    rate(session, made, "11", days=over, standing="excluded")
    rate(session, made, "1" * 12, days=sunday - 1)  # of the week that is not over
    rate(session, made, "1" * 50, days=sunday + 130)
    returned(session, made, 36, days=over)
    told = {"Rất tận tình.": {"visible": True}, "chưa duyệt": {}, "kín": {"restricted": True}}
    for text, values in (told | {"chưa hết tuần": {"visible": True, "fresh": True}}).items():
        when = clock.now() - timedelta(days=0 if values.pop("fresh", False) else over)
        rating = make_rating(session, made.points[0], 5, at=when, tier=2)
        make_note(session, rating, text, shown_text=text, **values)
    settle(session, made)
    point = make_point(session, made.center)
    session.commit()
    answer = client.get(address)
    page = " ".join(answer.text.split())
    # 16 of 19; 16 of 21 with the excluded ones; 21 ratings for 36 dossiers.
    assert "84,2 %" in page and "Nếu tính cả: 76,1 %" in page and "58,3 %" in page
    assert "Mã in sẵn: 6 lượt. Mã đổi tại quầy: 10 lượt. Mã theo hồ sơ: 3 lượt." in page
    rate(session, made, "1" * 12, place=1, days=over)
    sums.ask(session, made.center.id, clock.today() - timedelta(days=over))
    session.commit()
    lines = " ".join(client.get(address).text.split())
    assert "Mã in sẵn: 15 lượt. Mã đổi tại quầy: 0 lượt. Mã theo hồ sơ: 0 lượt." in lines
    # Three of the other counter are too few, and so are the sixteen: they would be told by what is left over.
    assert page.count("chưa đủ 10 lượt") == 2
    assert (
        "Rất tận tình." in page and "chưa duyệt" not in page and "chưa hết tuần" not in page and "kín</q>" not in page
    )
    assert f"/r/{point.code}" in page and "/danh-gia/quyen-rieng-tu" in page
    sent = client.get(address, headers={"Accept-Encoding": "gzip"}, check=False)
    assert sent.headers["Content-Encoding"] == "gzip" and len(sent.data) < 15 * 1024
    home = client.get(f"/dia-ban/{made.commune.code}").text
    assert f"/mot-cua/{made.commune.code}" in home and "/y-kien-quay" in home and "/y-kien-quay" in page


def test_no_board_where_there_is_no_counter(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    made.center.closed_at = clock.now()
    none = make_commune(session)
    session.commit()
    page = client.get(f"/mot-cua/{made.commune.code}").text
    assert f"đã ngừng hoạt động từ ngày {clock.today():%d/%m/%Y}" in page and "hài lòng trở lên" not in page
    assert "/mot-cua/" in client.get(f"/dia-ban/{made.commune.code}").text
    for code in (none.code, "79-00000"):
        assert client.get(f"/mot-cua/{code}").status_code == 404
    assert "/mot-cua/" not in client.get(f"/dia-ban/{none.code}").text


def test_what_was_done_is_written_and_withdrawn(client: FlaskClient, session: Session) -> None:
    made = make_rated(session)
    sign_in_as(client, session, Role.COMMUNE_OFFICER, made.commune)
    staff = f"/staff/danh-gia/bang/{made.center.id}"
    values = {"said": "Chờ lâu vào sáng thứ Hai.", "done": "Thêm một quầy sáng thứ Hai.", "reason": "long_wait"}
    for wrong in ({"done": ""}, {"said": " "}, {"reason": "unofficial_payment"}):
        assert send(client, f"{staff}/them", values | wrong).status_code == 422
    assert send(client, f"{staff}/them", values).status_code == 303
    board = client.get(f"/mot-cua/{made.commune.code}").text
    assert "Chờ lâu vào sáng thứ Hai." in board and "Thêm một quầy sáng thứ Hai." in board
    note = session.scalars(select(BoardNote)).one()
    assert send(client, staff, to=f"/staff/danh-gia/bang/dong/{note.id}/rut").status_code == 303
    assert "Thêm một quầy" not in client.get(f"/mot-cua/{made.commune.code}").text
    again = client.post(
        f"/staff/danh-gia/bang/dong/{note.id}/rut", data={"csrf_token": csrf(client.get(f"{staff}/them"))}
    )
    assert again.status_code == 409
    sign_in_as(client, session, Role.LEADER, made.commune)
    assert client.get(staff).status_code == 200
    assert client.get(f"{staff}/them").status_code == 403
