"""Telling people: once, by day, and forgotten when it is done."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.clock import VIETNAM
from app.core.errors import NotFound, Refusal
from app.core.permissions import OPERATOR
from app.core.tokens import Keyring
from app.gateways.messages import FileChannel, MemoryChannel, Outcome
from app.jobs.models import Job
from app.jobs.work import Worker
from app.notifications import operations, rules
from app.notifications.models import Message
from app.notifications.operations import tell
from app.web.current import Services
from tests.support.jobs import run_jobs

PHONE = "0901234567"
NOON = datetime(2030, 7, 5, 12, tzinfo=VIETNAM)
SENT, RETRY, REJECTED, AMBIGUOUS = Outcome.ACCEPTED, Outcome.RETRY, Outcome.REJECTED, Outcome.AMBIGUOUS


@pytest.fixture
def services(app: Flask) -> Services:
    services: Services = app.extensions["danban"]
    return services


@pytest.fixture
def told(services: Services, session: Session) -> Callable[..., Message | None]:
    """Tell somebody that a comment was answered; values differ where given."""

    def told(**values: Any) -> Message | None:
        defaults = {
            "event": "consultations.answered",
            "key": "answered:1",
            "phone": PHONE,
            "text": "Phường Thới Hòa đã trả lời góp ý của Ông/Bà.",
            "short_text": "Phường Thới Hòa đã trả lời góp ý của Ông/Bà.",
            "path": "/gop-y/abc/tra-loi",
        }
        message = tell(session, services.keyring, **defaults | values)
        session.commit()
        return message

    return told


def deliver(services: Services, *channels: Any, at: datetime = NOON) -> bool:
    return Worker(replace(services, channels=channels), strict=True).step(at=at)


def test_a_message_is_sent_once_and_the_number_forgotten(services: Services, session: Session, told: Any) -> None:
    message, channel = told(), MemoryChannel()
    assert message.recipient is not None and PHONE.encode() not in message.recipient
    assert deliver(services, channel) and not deliver(services, channel)
    session.refresh(message)
    assert (message.status, message.channel, message.attempts, message.recipient) == ("sent", "memory", 1, None)
    assert message.sent_at is not None
    [payload] = channel.sent
    assert payload.phone == PHONE and channel.keys == ["answered:1"]
    assert payload.text == f"{message.text} {services.settings.base_url}/gop-y/abc/tra-loi"


def test_the_same_is_never_told_twice(services: Services, session: Session, told: Any) -> None:
    assert told() is not None
    assert told(text="Khác", phone="0907654321") is None
    run_jobs(services)
    assert told() is None, "not even after it was sent"
    assert session.query(Message).count() == 1


@pytest.mark.parametrize("phone", ["", "không có", "0281234567", "12", "0901234567 / 0907654321"])
def test_what_is_no_mobile_number_is_refused_at_its_field(told: Any, session: Session, phone: str) -> None:
    with pytest.raises(Refusal) as refused:
        told(phone=phone)
    assert refused.value.field == "phone" and session.query(Message).count() == 0


@pytest.mark.parametrize("field", ["text", "short_text", "path"])
def test_no_message_carries_a_code(told: Any, session: Session, field: str) -> None:
    with pytest.raises(ValueError, match="code"):
        told(**{field: "/gop-y/GY-7K3M-9QXA"})
    assert session.query(Message).count() == 0


def test_a_message_exists_only_if_its_event_does(services: Services, session: Session) -> None:
    words = {"text": "Đã trả lời.", "short_text": "Da tra loi."}
    tell(session, services.keyring, event="x.y", key="k", phone=PHONE, **words)
    session.rollback()
    assert session.query(Message).count() == session.query(Job).count() == 0


def test_who_stopped_messages_gets_none_and_may_change_their_mind(
    services: Services, session: Session, told: Any
) -> None:
    waiting, channel = told(), MemoryChannel()
    operations.stop(session, OPERATOR, services.keyring, "+84 901 234 567")
    operations.stop(session, OPERATOR, services.keyring, PHONE)
    session.commit()
    assert (waiting.status, waiting.recipient) == ("stopped", None)
    assert told(key="answered:2") is None
    assert told(key="answered:3", phone="0907654321") is not None, "others still do"
    while deliver(services, channel):
        pass
    assert [payload.phone for payload in channel.sent] == ["0907654321"]
    operations.resume(session, OPERATOR, services.keyring, PHONE)
    assert told(key="answered:4") is not None
    with pytest.raises(NotFound):
        operations.resume(session, OPERATOR, services.keyring, PHONE)
    with pytest.raises(Refusal):
        operations.stop(session, OPERATOR, services.keyring, "không có")


def test_who_stops_after_the_job_began_waiting_is_not_told(services: Services, session: Session, told: Any) -> None:
    message, channel = told(), MemoryChannel()
    operations.stop(session, OPERATOR, services.keyring, PHONE)
    message.status = "waiting"
    message.recipient = b"never opened"
    session.commit()
    deliver(services, channel)
    session.refresh(message)
    assert channel.sent == [] and message.status == "stopped"


def test_at_night_messages_wait_for_the_morning(services: Services, session: Session, told: Any) -> None:
    message, channel = told(), MemoryChannel()
    night = NOON.replace(hour=22)
    assert deliver(services, channel, at=night)
    session.refresh(message)
    [job] = session.query(Job).populate_existing()
    assert channel.sent == [] and message.status == "waiting" and message.attempts == 0
    assert (job.status, job.attempts) == ("waiting", 0)
    assert job.run_at == NOON.replace(hour=7) + timedelta(days=1)
    assert deliver(services, channel, at=job.run_at) and len(channel.sent) == 1


def test_what_may_have_gone_out_is_never_sent_again(services: Services, session: Session, told: Any) -> None:
    message, channel, second = told(), MemoryChannel(AMBIGUOUS), MemoryChannel()
    while deliver(services, channel, second):
        pass
    session.refresh(message)
    assert (message.status, message.recipient, len(channel.sent), second.sent) == ("ambiguous", None, 1, [])


def test_a_message_in_the_hands_of_a_worker_that_died_is_not_sent_again(
    services: Services, session: Session, told: Any
) -> None:
    message, channel = told(), MemoryChannel()
    assert operations.begin(session, services.keyring, message.id) is not None
    session.commit()
    assert deliver(services, channel)
    session.refresh(message)
    assert (message.status, message.fault, channel.sent) == ("ambiguous", operations.BROKEN_OFF, [])


def test_a_busy_channel_is_asked_again_with_patience_and_then_given_up(
    services: Services, session: Session, told: Any
) -> None:
    message, channel = told(), MemoryChannel(*[RETRY] * 9)
    moments: list[datetime] = []
    while deliver(services, channel, at=NOON + timedelta(days=len(moments))):
        [job] = session.query(Job).populate_existing()
        moments.append(job.run_at)
    session.refresh(message)
    assert len(channel.sent) == message.attempts == rules.MAX_ATTEMPTS
    assert (message.status, message.fault, message.recipient) == ("failed", operations.TOO_BUSY, None)


@pytest.mark.parametrize(
    ("answers", "status", "asked"),
    [
        ([REJECTED, SENT], "sent", 2),
        ([RETRY, SENT], "sent", 2),
        ([REJECTED, REJECTED], "failed", 2),
        ([RETRY, REJECTED], "waiting", 2),
        ([AMBIGUOUS, SENT], "ambiguous", 1),
    ],
)
def test_channels_are_tried_in_their_order(
    services: Services, session: Session, told: Any, answers: list[Outcome], status: str, asked: int
) -> None:
    message = told()
    channels = [MemoryChannel(answer) for answer in answers]
    deliver(services, *channels)
    session.refresh(message)
    assert message.status == status and sum(len(channel.sent) for channel in channels) == asked
    assert (message.recipient is None) == (status != "waiting")


def test_without_a_channel_or_without_the_key_a_message_fails(services: Services, session: Session, told: Any) -> None:
    first, second = told(), told(key="answered:2")
    other = replace(services, keyring=Keyring("another secret " * 3))
    assert deliver(services) and deliver(other, MemoryChannel())
    session.refresh(first)
    session.refresh(second)
    assert (first.status, first.fault) == ("failed", operations.REFUSED)
    assert (second.status, second.fault, second.recipient) == ("failed", operations.UNREADABLE, None)


def test_a_plain_channel_gets_the_short_unaccented_text(services: Services, session: Session, told: Any) -> None:
    told(short_text="Phường đã trả lời góp ý. " * 20)
    channel = MemoryChannel()
    channel.unicode, channel.max_len = False, 160
    deliver(services, channel)
    [payload] = channel.sent
    assert len(payload.text) <= 160 and payload.text.isascii() and payload.text.endswith("/gop-y/abc/tra-loi")


def test_the_file_channel_reaches_for_no_network(
    services: Services, session: Session, told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_socket(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise AssertionError("a socket was made")

    told(), told(key="answered:2")
    channel = FileChannel(str(tmp_path / "outbox"))
    if services.database.dialect == "sqlite":
        monkeypatch.setattr(socket, "socket", no_socket)
    assert deliver(services, channel) and deliver(services, channel)
    file = tmp_path / "outbox" / "messages.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["key"] for line in lines] == ["answered:1", "answered:2"]
    assert lines[0]["phone"] == PHONE and "Phường Thới Hòa" in lines[0]["text"]
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_written_is_tried_later(services: Services, session: Session, told: Any) -> None:
    message = told()
    deliver(services, FileChannel("/proc/nowhere"))
    session.refresh(message)
    assert message.status == "waiting"


def test_by_default_messages_go_to_the_file(services: Services) -> None:
    assert [channel.name for channel in services.channels] == ["file"]
