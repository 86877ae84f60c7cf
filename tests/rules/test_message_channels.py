"""A provider of text messages: what is posted to it, and what each of its answers means."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from app.config import Settings, SettingsError
from app.gateways.messages import ConsoleChannel, Outcome, Payload, channels_of
from app.gateways.sms import HttpSms
from tests.support.servers import free_port

BODY = {"ApiKey": "k", "Phone": "{phone84}", "Content": "{text}", "RequestId": "{key}", "SmsType": 2, "To": ["{phone}"]}
PAYLOAD = Payload("0901234567", 'Phuong da tra loi "{key}" {phone}')
SMS = {
    "DANBAN_NOTIFY_CHANNELS": "http_sms, file",
    "DANBAN_SMS_URL": "https://sms.example.vn/send",
    "DANBAN_SMS_BODY": json.dumps(BODY),
    "DANBAN_SMS_ACCEPTED": "CodeResult=100",
}


@dataclass
class Provider:
    """A provider on this machine that answers as it is told and keeps what it was sent."""

    url: str = ""
    status: int = 200
    delay: float = 0
    answer: bytes = b'{"CodeResult": "100"}'
    seen: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
def provider() -> Iterator[Provider]:
    kept = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.seen.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            time.sleep(kept.delay)
            if kept.status == 0:
                self.close_connection = True
                return
            self.send_response(kept.status)
            self.send_header("Location", kept.url)
            self.send_header("Content-Length", str(len(kept.answer)))
            self.end_headers()
            self.wfile.write(kept.answer)

        def log_message(self, *_args: Any) -> None:
            """Tests need no log of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/send"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield kept
    server.shutdown()
    server.server_close()


def channel(url: str, accepted: str = "CodeResult=100") -> HttpSms:
    return HttpSms(url=url, body=BODY, accepted=accepted, headers={"access_token": "t"})


def test_the_body_is_filled_in_once_and_headers_are_sent(provider: Provider) -> None:
    assert channel(provider.url).send(PAYLOAD, idempotency_key="answered:1").outcome is Outcome.ACCEPTED
    filled = {"Phone": "84901234567", "Content": PAYLOAD.text, "RequestId": "answered:1", "To": ["0901234567"]}
    assert provider.seen == [BODY | filled]
    assert provider.headers[0]["access_token"] == "t" and provider.headers[0]["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "answer", "outcome", "why"),
    [
        (200, b'{"CodeResult": 100}', Outcome.ACCEPTED, ""),
        (200, b'{"CodeResult": "103"}', Outcome.REJECTED, "103"),
        (200, b'{"CodeResult": "Khong gui cho 0901234567 duoc"}', Outcome.REJECTED, ""),
        (200, b"[]", Outcome.REJECTED, "None"),
        (200, b"<html>", Outcome.AMBIGUOUS, "no JSON"),
        (302, b"", Outcome.REJECTED, "302"),
        (400, b"", Outcome.REJECTED, "400"),
        (429, b"", Outcome.RETRY, "429"),
        (500, b'{"CodeResult": "100"}', Outcome.AMBIGUOUS, "500"),
        (503, b"", Outcome.AMBIGUOUS, "503"),
        (0, b"", Outcome.AMBIGUOUS, "RemoteDisconnected"),
    ],
)
def test_every_answer_has_one_meaning(
    provider: Provider, status: int, answer: bytes, outcome: Outcome, why: str
) -> None:
    provider.status, provider.answer = status, answer
    delivery = channel(provider.url).send(PAYLOAD, idempotency_key="k")
    assert (delivery.outcome, delivery.why, len(provider.seen)) == (outcome, why, 1)


def test_a_deep_place_in_the_answer_is_found(provider: Provider) -> None:
    provider.answer = b'{"data": {"status": "success"}}'
    assert channel(provider.url, "data.status=success").send(PAYLOAD, idempotency_key="k").outcome is Outcome.ACCEPTED


def test_nobody_there_means_later() -> None:
    silent = channel(f"http://127.0.0.1:{free_port()}/send")
    assert silent.send(PAYLOAD, idempotency_key="k").outcome is Outcome.RETRY


def test_no_answer_in_time_leaves_it_open(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.gateways.sms.PATIENCE", 0.1)
    provider.delay = 0.4
    assert channel(provider.url).send(PAYLOAD, idempotency_key="k").outcome is Outcome.AMBIGUOUS


def test_the_console_shows_the_message(capsys: pytest.CaptureFixture[str]) -> None:
    assert ConsoleChannel().send(PAYLOAD, idempotency_key="k").outcome is Outcome.ACCEPTED
    assert PAYLOAD.text in capsys.readouterr().out


def test_settings_make_the_channels_in_their_order(tmp_path: Any) -> None:
    made = channels_of(Settings.from_env(SMS | {"DANBAN_STORAGE_DIR": str(tmp_path)}))
    assert [one.name for one in made] == ["http_sms", "file"]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DANBAN_NOTIFY_CHANNELS": "pigeon"}, "DANBAN_NOTIFY_CHANNELS"),
        ({"DANBAN_NOTIFY_CHANNELS": ""}, "DANBAN_NOTIFY_CHANNELS"),
        ({"DANBAN_SMS_URL": "http://sms.example.vn"}, "DANBAN_SMS_URL"),
        ({"DANBAN_SMS_URL": ""}, "DANBAN_SMS_URL"),
        ({"DANBAN_SMS_BODY": "{text}"}, "DANBAN_SMS_BODY"),
        ({"DANBAN_SMS_BODY": '{"Content": "Xin chao"}'}, "DANBAN_SMS_BODY"),
        ({"DANBAN_SMS_HEADERS": "[]"}, "DANBAN_SMS_HEADERS"),
        ({"DANBAN_SMS_ACCEPTED": "CodeResult"}, "DANBAN_SMS_ACCEPTED"),
    ],
)
def test_settings_that_cannot_send_are_named(tmp_path: Any, changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_env(SMS | {"DANBAN_STORAGE_DIR": str(tmp_path)} | changed)


def test_what_is_not_used_need_not_be_set(tmp_path: Any) -> None:
    assert Settings.from_env({"DANBAN_STORAGE_DIR": str(tmp_path)}).channel_names == ("file",)
