"""Work that goes on for ever: the clock of cases, and forgetting."""

from typing import Any

from app.feedback.operations import escalating, privacy, purging
from app.jobs.work import Later, Work


def look_at_cases(work: Work) -> dict[str, Any] | None:
    """Let late cases rise to the leader and end those nobody came back to; again in an hour."""
    done, more = 0, escalating.AT_ONCE
    while more == escalating.AT_ONCE:
        with work.database.transaction() as session:
            more = escalating.escalate_some(session, work.at)
        done += more
        work.progress(done)
    last: int | None = 0
    while last is not None:
        with work.database.transaction() as session:
            last = escalating.close_some(session, work.at, last)
        work.progress(done)
    raise Later(work.at + escalating.PAUSE)


def forget(work: Work) -> dict[str, Any] | None:
    """Let go of what nothing needs any more, each after its own time (``rules.keeping``); again in an hour."""
    last: int | None = 0
    while last is not None:
        with work.database.transaction() as session:
            last = privacy.forget_networks(session, work.at, last)
        work.progress(0)
    with work.database.transaction() as session:
        privacy.forget_form_networks(session, work.at)
        privacy.forget_phones(session, work.at)
    keys = [""]
    while keys:
        with work.database.transaction() as session:
            keys = privacy.forget_photos(session, work.at)
        for key in keys:
            work.services.storage.delete(key)
        work.progress(0)
    _destroy(work)
    raise Later(work.at + privacy.PAUSE)


def _destroy(work: Work) -> None:
    """Reports of the inspectors' box that closed long ago, and old codes of dossiers."""
    more = 1
    while more:
        with work.database.transaction() as session:
            more, keys = purging.destroy_reports(session, work.at)
        for key in keys:
            work.services.storage.delete(key)
        work.progress(0)
    more = 1
    while more:
        with work.database.transaction() as session:
            more = purging.forget_codes(session, work.at)
        work.progress(0)
