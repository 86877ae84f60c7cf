"""What tests of the pages of a poll share: who is signed in, what is typed, what is said to be wrong."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from bs4 import BeautifulSoup

from app.core import clock
from app.identity.models import Account
from app.polls.models import Poll
from tests.support.pages import PageClient
from tests.support.polls import PDF, Scene
from tests.support.staff import csrf, sign_in

LIST = "/staff/cuoc-bieu-quyet/"
BODIES = ["front", "community", "household"]


def become(client: PageClient, scene: Scene, account_id: int | None) -> None:
    sign_in(client, scene.session, scene.session.get_one(Account, account_id))


def at(poll: Poll, step: str = "") -> str:
    return f"{LIST}{poll.public_id}" + (f"/{step}" if step else "")


def faults(html: str) -> dict[str, str]:
    """The sentences at the fields of a page, by the field's id; what stands at no field under ""."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.title is not None and soup.title.get_text().startswith("Lỗi: ")
    found = {str(tag["id"]).removesuffix("-error"): tag.get_text(" ", strip=True) for tag in soup.select(".error[id]")}
    found[""] = " ".join(li.get_text(" ", strip=True) for li in soup.select("#error-summary li") if not li.a)
    return found


def typed_times() -> dict[str, str]:
    opens = clock.local(clock.now() + timedelta(days=3))
    closes = opens + timedelta(days=3)
    return {
        "opens_at": f"{opens:%d/%m/%Y}",
        "opens_time": "7h30",
        "closes_at": f"{closes:%d/%m/%Y}",
        "closes_time": "17:00",
    }


def typed_team() -> dict[str, str]:
    typed = {"members-0-is_head": "y", "members-2-technical": "y"}
    for row, (name, body) in enumerate(zip(("Trần Văn Mặt", "Lê Thị Khu", "Phạm Văn Hộ"), BODIES, strict=True)):
        typed |= {f"members-{row}-full_name": name, f"members-{row}-body": body, f"members-{row}-position": ""}
    return typed


def proof() -> tuple[BytesIO, str]:
    return BytesIO(PDF), "bien-ban.pdf"


def step(client: PageClient, poll: Poll, name: str, **values: Any) -> Any:
    """Fill in a step as shown and send it."""
    shown = client.get(at(poll, name))
    soup = BeautifulSoup(shown.text, "html.parser")
    version = soup.find("input", attrs={"name": "version"})
    fields = {"csrf_token": csrf(shown)} | ({"version": str(version["value"])} if version else {})
    return client.post(at(poll, name), data=fields | values)


# ---- the whole road
