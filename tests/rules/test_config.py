"""Settings: what is missing or wrong is said by name, and nothing starts."""

from pathlib import Path

import pytest

from app.config import Settings, SettingsError

SOUND = {
    "DANBAN_ENVIRONMENT": "production",
    "DANBAN_BASE_URL": "https://danban.example.gov.vn",
    "DANBAN_SECRET_KEY": "s" * 32,
    "DANBAN_BALLOT_KEY": "b" * 32,
}


def test_a_whole_production_environment_starts_with_the_second_factor_on() -> None:
    settings = Settings.from_env(SOUND)
    assert settings.production and settings.second_factor and settings.secure_cookies


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"DANBAN_SECRET_KEY": ""}, "DANBAN_SECRET_KEY"),
        ({"DANBAN_SECRET_KEY": "s" * 31}, "DANBAN_SECRET_KEY"),
        ({"DANBAN_BALLOT_KEY": ""}, "DANBAN_BALLOT_KEY"),
        ({"DANBAN_BALLOT_KEY": "s" * 32}, "DANBAN_BALLOT_KEY"),
        ({"DANBAN_BASE_URL": "http://danban.example.gov.vn"}, "DANBAN_BASE_URL"),
        ({"DANBAN_SECOND_FACTOR": "0"}, "DANBAN_SECOND_FACTOR"),
        ({"DANBAN_POOL_SIZE": "many"}, "DANBAN_POOL_SIZE"),
        ({"DANBAN_SECOND_FACTOR": "perhaps"}, "DANBAN_SECOND_FACTOR"),
        ({"DANBAN_ENVIRONMENT": "producton"}, "DANBAN_ENVIRONMENT"),
        ({"DANBAN_LOG_LEVEL": "verbose"}, "DANBAN_LOG_LEVEL"),
    ],
)
def test_what_is_wrong_is_named_and_refuses_to_start(changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named):
        Settings.from_env(SOUND | changed)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({"DANBAN_ENVIRONMENT": "production"})
    for name in ("DANBAN_SECRET_KEY", "DANBAN_BALLOT_KEY", "DANBAN_BASE_URL"):
        assert name in str(refused.value)


def test_elsewhere_secrets_are_made_once_and_kept_to_their_owner(tmp_path: Path) -> None:
    env = {"DANBAN_STORAGE_DIR": str(tmp_path)}
    first, second = Settings.from_env(env), Settings.from_env(env)
    assert len(first.secret_key) >= 32 and first.secret_key != first.ballot_key
    assert (first.secret_key, first.ballot_key) == (second.secret_key, second.ballot_key)
    assert not first.second_factor
    assert all(file.stat().st_mode & 0o077 == 0 for file in tmp_path.iterdir())
