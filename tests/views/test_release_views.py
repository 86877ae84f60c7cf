"""Staff pages of opening the ballots: who agrees, what a failed count says, and to whom exact numbers are shown."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy.orm import Session

from app.core.permissions import Role
from app.polls.models import KeyRelease, LogLeaf, Result
from tests.support.cast import make_account, make_grant
from tests.support.counting import Vote, come, counted, decided, ended, result_pages, rows, voting, words
from tests.support.pages import PageClient
from tests.support.staff import send, sign_in

# ---------------------------------------------------------------------------------------------- the release


def test_two_people_open_the_ballots_through_the_pages(client: PageClient, session: Session) -> None:
    vote = ended(session, 5, 3, absent=0)
    come(client, session, vote.head)
    text = words(client.get(f"{result_pages(vote)}/"))
    assert "Chưa ai đồng ý" in text and "Cần hai người của hai cơ quan khác nhau" in text
    answer = send(client, f"{result_pages(vote)}/mo-kiem-phieu")
    assert (answer.status_code, answer.location) == (303, f"{result_pages(vote)}/")
    page = client.get(f"{result_pages(vote)}/")
    assert "Cần thêm một người của cơ quan khác" in words(page) and "Cộng đồng dân cư" in words(page)
    assert f"{result_pages(vote)}/mo-kiem-phieu" not in page.text

    come(client, session, vote.front)
    send(client, f"{result_pages(vote)}/mo-kiem-phieu")
    text = words(client.get(f"{result_pages(vote)}/"))
    assert "Được thông qua" in text and "5/8 hộ đồng ý; cần ít nhất 5 hộ." in text and "Đã kiểm phiếu xong" in text


@pytest.mark.parametrize("make", [voting, counted], ids=["too early", "too late"])
def test_a_release_at_the_wrong_time_is_refused_on_its_page(
    client: PageClient, session: Session, make: Callable[..., Vote]
) -> None:
    vote = make(session, 3)
    come(client, session, vote.officer)
    answer = send(client, f"{result_pages(vote)}/mo-kiem-phieu")
    assert answer.status_code == 200 and "Chỉ mở kiểm phiếu sau khi hết giờ" in words(answer)
    assert "Lỗi: Đồng ý mở kiểm phiếu" in answer.text
    assert vote.poll.status == ("counted" if make is counted else "opened")


def test_a_second_tap_and_a_colleague_change_nothing(client: PageClient, session: Session) -> None:
    vote = ended(session, 5, 3)
    colleague = make_account(session)
    make_grant(session, colleague, Role.AREA_HEAD, vote.area)
    come(client, session, vote.head)
    send(client, f"{result_pages(vote)}/mo-kiem-phieu")
    assert "Ông/Bà đã đồng ý mở kiểm phiếu" in words(send(client, f"{result_pages(vote)}/mo-kiem-phieu"))
    sign_in(client, session, colleague)
    assert "Cơ quan của Ông/Bà đã đồng ý" in words(send(client, f"{result_pages(vote)}/mo-kiem-phieu"))
    assert (rows(session, KeyRelease, vote), rows(session, Result, vote)) == (1, 0)


def test_a_post_without_its_token_opens_nothing(client: PageClient, session: Session) -> None:
    vote = ended(session, 5, 3)
    come(client, session, vote.head)
    assert client.post(f"{result_pages(vote)}/mo-kiem-phieu", data={}).status_code == 400
    assert client.post(f"{result_pages(vote)}/kiem-lai", data={"csrf_token": "x"}).status_code == 400
    assert rows(session, KeyRelease, vote) == 0


def test_looking_at_the_release_releases_nothing(client: PageClient, session: Session) -> None:
    vote = ended(session, 5, 3)
    come(client, session, vote.head)
    for _ in range(3):
        client.get(f"{result_pages(vote)}/mo-kiem-phieu")
    assert rows(session, KeyRelease, vote) == 0 and vote.poll.status == "opened"


# ------------------------------------------------------------------------------------ a count that fails


@pytest.fixture
def failed(session: Session) -> Vote:
    """One more cast in the log than there are ballots, and two agreements."""
    vote = ended(session, 5, 3)
    session.add(LogLeaf(poll_id=vote.poll.id, kind="cast", at=vote.poll.opens_at, digest="0" * 64, receipt="X" * 12))
    vote.release(vote.head)
    assert vote.release(vote.front) is None
    session.commit()
    return vote


def test_the_page_says_what_is_wrong_and_two_bodies_account_for_it(
    client: PageClient, session: Session, failed: Vote
) -> None:
    come(client, session, failed.head)
    text = words(client.get(f"{result_pages(failed)}/"))
    assert "Số phiếu chưa khớp" in text and "Nhật ký có 9 lượt gửi phiếu" in text and "thông qua" not in text
    send(client, f"{result_pages(failed)}/giai-trinh", {"reason": "Một lượt gửi thử của Tổ kỹ thuật."})
    page = client.get(f"{result_pages(failed)}/")
    assert "Một lượt gửi thử của Tổ kỹ thuật." in words(page) and "Đồng ý với giải trình" not in words(page)

    come(client, session, failed.officer)
    page = client.get(f"{result_pages(failed)}/")
    form = BeautifulSoup(page.text, "html.parser").find("input", attrs={"name": "explanation"})
    assert form is not None
    send(client, f"{result_pages(failed)}/", {"explanation": form["value"]}, to=f"{result_pages(failed)}/kiem-lai")
    text = words(client.get(f"{result_pages(failed)}/"))
    assert "Đã kiểm phiếu xong" in text and "5/9 hộ đồng ý" in text
    public = words(client.get(f"/bieu-quyet/{failed.poll.public_id}"))
    assert "Số phiếu chưa khớp, có giải trình" in public and "Một lượt gửi thử" in public


@pytest.mark.parametrize("number", ["0", "99999999", "abc", "-1", "1 OR 1=1", "9" * 40])
def test_a_made_up_explanation_is_refused(client: PageClient, session: Session, failed: Vote, number: str) -> None:
    come(client, session, failed.officer)
    answer = send(client, f"{result_pages(failed)}/", {"explanation": number}, to=f"{result_pages(failed)}/kiem-lai")
    assert answer.status_code == 409 and rows(session, Result, failed) == 0


def test_an_empty_explanation_is_refused_at_its_field(client: PageClient, session: Session, failed: Vote) -> None:
    come(client, session, failed.head)
    for reason in ("", "ngắn"):
        answer = send(client, f"{result_pages(failed)}/giai-trinh", {"reason": reason})
        assert answer.status_code == 200 and 'id="reason-error"' in answer.text


def test_counting_again_what_still_fails_says_so(client: PageClient, session: Session, failed: Vote) -> None:
    come(client, session, failed.front)
    send(client, f"{result_pages(failed)}/", to=f"{result_pages(failed)}/kiem-lai")
    assert "Số phiếu chưa khớp nên chưa có kết quả. Xem ở dưới." in words(client.get(f"{result_pages(failed)}/"))
    assert failed.poll.status == "closed"


def test_those_who_cannot_release_see_what_is_wrong_and_no_button(
    client: PageClient, session: Session, failed: Vote
) -> None:
    come(client, session, failed.overseer)
    page = client.get(f"{result_pages(failed)}/")
    assert "Nhật ký có 9 lượt" in words(page) and "kiem-lai" not in page.text and "giai-trinh" not in page.text


# ------------------------------------------------------------------------------------------ hidden results


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.MODERATOR, Role.COMMUNE_ADMIN, Role.PROVINCE_ADMIN])
def test_staff_who_do_not_see_minutes_see_what_residents_see(client: PageClient, session: Session, role: Role) -> None:
    vote = decided(session, 15, 1, ["Chữ của hộ duy nhất"], absent=3)
    account = make_account(session)
    make_grant(session, account, role, vote.area)
    sign_in(client, session, account)
    page = client.get(f"{result_pages(vote)}/")
    text = words(page)
    assert (
        "không nêu con số chính xác" in text
        and "15/20" not in text
        and "75,0 %" not in text
        and "Chữ của hộ" not in page.text
    )
    assert "van-ban" not in page.text and "danh-sach-tham-gia" not in page.text
    assert "Thống nhất lắp 12 camera" not in text


@pytest.mark.parametrize("who", ["head", "front", "officer", "overseer"])
def test_those_who_sign_or_receive_the_minutes_see_exact_numbers(
    client: PageClient, session: Session, who: str
) -> None:
    vote = counted(session, 15, 1, ["Chữ của hộ duy nhất"], absent=3)
    come(client, session, getattr(vote, who))
    text = words(client.get(f"{result_pages(vote)}/"))
    assert "15/20 hộ đồng ý; cần ít nhất 11 hộ." in text and "Các con số này không công khai" in text
    assert "Chữ của hộ" not in text


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.MODERATOR])
def test_a_result_that_is_public_is_shown_to_all_staff(client: PageClient, session: Session, role: Role) -> None:
    vote = counted(session, 5, 3, absent=0)
    account = make_account(session)
    make_grant(session, account, role, vote.area)
    sign_in(client, session, account)
    assert "5/8 hộ đồng ý" in words(client.get(f"{result_pages(vote)}/"))


def test_consent_is_not_called_a_vote_on_staff_pages(client: PageClient, session: Session) -> None:
    vote = decided(session, 5, 3, absent=0, kind="online_consent")
    come(client, session, vote.head)
    text = words(client.get(f"{result_pages(vote)}/"))
    assert "Cộng đồng dân cư đồng ý biểu quyết trực tuyến" in text
    assert "thông qua" not in text and "Cuộc lấy ý kiến" in text and "Hạn " not in text
