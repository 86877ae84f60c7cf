"""Ways out for messages to people: each channel takes a short text for one number and says what became of it."""

import fcntl
import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import click

from app.config import Settings


class Outcome(StrEnum):
    """What a channel says of a message it was given.

    ``RETRY``: surely not taken, and it may be later. ``AMBIGUOUS``: perhaps taken; sending again may tell twice.
    """

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRY = "retry"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Payload:
    """One message: a Vietnamese mobile number of ten digits, and a text the channel can carry."""

    phone: str
    text: str


@dataclass(frozen=True)
class Delivery:
    """The outcome, with a word of the channel that holds nothing of the message; empty when there is none."""

    outcome: Outcome
    why: str = ""


class Channel(Protocol):
    """A way to people. ``max_len`` is in characters; without ``unicode`` the text must be plain ASCII."""

    @property
    def name(self) -> str: ...

    @property
    def max_len(self) -> int: ...

    @property
    def unicode(self) -> bool: ...

    def send(self, payload: Payload, *, idempotency_key: str) -> Delivery:
        """Hand the message over once; the same key names the same message."""
        ...


class ConsoleChannel:
    """Writes messages to the console: for trying things out."""

    name, max_len, unicode = "console", 2000, True

    def send(self, payload: Payload, *, idempotency_key: str) -> Delivery:
        click.echo(f"[{payload.phone}] {payload.text}")
        return Delivery(Outcome.ACCEPTED)


class FileChannel:
    """Adds messages to a file, one JSON object a line: for somebody else's program to send. No network is used.

    Whoever reads the file removes it by renaming it first; the next message begins a new one.
    """

    name, max_len, unicode = "file", 2000, True

    def __init__(self, folder: str) -> None:
        self._path = Path(folder) / "messages.jsonl"

    def send(self, payload: Payload, *, idempotency_key: str) -> Delivery:
        line = {"key": idempotency_key, "phone": payload.phone, "text": payload.text}
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as fault:
            return Delivery(Outcome.RETRY, type(fault).__name__)
        with open(held, "a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return Delivery(Outcome.ACCEPTED)


class MemoryChannel:
    """Keeps messages in memory and answers as it is told to, for tests."""

    name, max_len, unicode = "memory", 2000, True

    def __init__(self, *answers: Outcome) -> None:
        self._answers = list(answers)
        self.sent: list[Payload] = []
        self.keys: list[str] = []

    def send(self, payload: Payload, *, idempotency_key: str) -> Delivery:
        self.sent.append(payload)
        self.keys.append(idempotency_key)
        return Delivery(self._answers.pop(0) if self._answers else Outcome.ACCEPTED)


def channels_of(settings: Settings) -> tuple[Channel, ...]:
    """The channels in the order in which they are tried."""
    from app.gateways.sms import HttpSms

    made: dict[str, Channel] = {"console": ConsoleChannel(), "file": FileChannel(f"{settings.storage_dir}/outbox")}
    if "http_sms" in settings.channel_names:
        made["http_sms"] = HttpSms(
            url=settings.sms_url,
            headers=json.loads(settings.sms_headers),
            body=json.loads(settings.sms_body),
            accepted=settings.sms_accepted,
        )
    return tuple(made[name] for name in settings.channel_names)
