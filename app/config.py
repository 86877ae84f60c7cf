"""Settings, read once from ``DANBAN_*`` variables; what is missing or wrong is said by name before anything starts."""

import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ENVIRONMENTS = ("development", "demo", "test", "production")
MIN_SECRET = 32
CHANNELS = ("console", "file", "http_sms")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class SettingsError(Exception):
    """A setting is missing or wrong; the message names it."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations. Each field is ``DANBAN_`` and its name in capitals."""

    environment: str = "development"
    database_url: str = "sqlite:///var/danban.sqlite3"
    storage_dir: str = "var/storage"
    base_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    ballot_key: str = ""
    second_factor: bool = False
    staff_session_hours: int = 10
    staff_idle_minutes: int = 60
    upload_mb: int = 10
    page_cache_seconds: float = 2.0
    pool_size: int = 8
    trusted_proxies: int = 0
    notify_channels: str = "file"
    sms_url: str = ""
    sms_body: str = "{}"
    sms_headers: str = "{}"
    sms_accepted: str = ""
    log_level: str = "INFO"

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def channel_names(self) -> tuple[str, ...]:
        """The channels of messages, in the order in which they are tried."""
        return tuple(name.strip() for name in self.notify_channels.split(","))

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Settings of this process; raises ``SettingsError`` naming every variable at fault."""
        env = os.environ if env is None else env
        problems: list[str] = []
        values: dict[str, object] = {}
        for name, kind in cls.__annotations__.items():
            raw = env.get(f"DANBAN_{name.upper()}")
            if raw is not None:
                _read(name, kind, raw, values, problems)
        if values.get("environment", "development") not in ENVIRONMENTS:
            problems.append(f"DANBAN_ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}")
        values["log_level"] = str(values.get("log_level", "INFO")).upper()
        if values["log_level"] not in LOG_LEVELS:
            problems.append(f"DANBAN_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
        values.setdefault("second_factor", values.get("environment") == "production")
        settings = cls(**values)  # type: ignore[arg-type]
        problems += _missing_in_production(settings) + _wrong_channels(settings)
        if problems:
            raise SettingsError("; ".join(problems))
        return settings if settings.production else _with_local_secrets(settings)


def _read(name: str, kind: object, raw: str, values: dict[str, object], problems: list[str]) -> None:
    variable = f"DANBAN_{name.upper()}"
    if kind is bool:
        if raw.lower() not in {"0", "1", "true", "false"}:
            problems.append(f"{variable} must be 0 or 1")
        values[name] = raw.lower() in {"1", "true"}
    elif kind in (int, float):
        try:
            values[name] = int(raw) if kind is int else float(raw)
        except ValueError:
            problems.append(f"{variable} must be a number")
    else:
        values[name] = raw


def _missing_in_production(settings: Settings) -> list[str]:
    if not settings.production:
        return []
    problems = [
        f"DANBAN_{name.upper()} is missing or shorter than {MIN_SECRET} characters"
        for name in ("secret_key", "ballot_key")
        if len(getattr(settings, name)) < MIN_SECRET
    ]
    if settings.secret_key and settings.secret_key == settings.ballot_key:
        problems.append("DANBAN_BALLOT_KEY must differ from DANBAN_SECRET_KEY")
    if not settings.secure_cookies:
        problems.append("DANBAN_BASE_URL must begin with https:// in production")
    if not settings.second_factor:
        problems.append("DANBAN_SECOND_FACTOR cannot be switched off in production")
    return problems


def _wrong_channels(settings: Settings) -> list[str]:
    names = settings.channel_names
    if unknown := [name for name in names if name not in CHANNELS]:
        return [f"DANBAN_NOTIFY_CHANNELS holds {', '.join(unknown)!r}; it may hold {', '.join(CHANNELS)}"]
    if "http_sms" not in names:
        return []
    problems = []
    if not settings.sms_url.startswith(("https://", "http://127.0.0.1:")):
        problems.append("DANBAN_SMS_URL must begin with https://")
    if "=" not in settings.sms_accepted:
        problems.append("DANBAN_SMS_ACCEPTED must name a place and its value, such as CodeResult=100")
    for name in ("sms_body", "sms_headers"):
        if not _is_json_object(getattr(settings, name)):
            problems.append(f"DANBAN_{name.upper()} must be a JSON object")
    if "{text}" not in settings.sms_body:
        problems.append("DANBAN_SMS_BODY must hold {text}, and {phone} or {phone84}")
    return problems


def _is_json_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False


def _with_local_secrets(settings: Settings) -> Settings:
    """Outside production, secrets live in a file beside the data, made at the first start."""
    place = Path(settings.storage_dir)
    changed: dict[str, Any] = {}
    for name in ("secret_key", "ballot_key"):
        if not getattr(settings, name):
            changed[name] = _local_secret(place / f"{name}.local")
    return replace(settings, **changed)


def _local_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(0o600)
    draft.write_text(secrets.token_hex(32))
    # A link is made whole or not at all, so two processes starting together agree on one secret.
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    return path.read_text().strip()
