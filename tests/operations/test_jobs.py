"""Background work: asked for once, done once, tried again with patience, laid down when it must be."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.jobs import operations, queries, rules
from app.jobs.models import Job
from app.jobs.operations import LostLock, enqueue
from app.jobs.work import Handler, Later, Work, Worker, handlers, standing
from tests.support.cast import in_days, make_actor, make_area
from tests.support.jobs import run_jobs


def worker(app: Flask, **known: Handler) -> Worker:
    return Worker(app.extensions["danban"], handlers=known)


def fails(work: Work) -> None:
    raise ValueError(work.payload.get("words"))


def test_work_is_done_with_its_payload_and_keeps_what_it_found(app: Flask, session: Session) -> None:
    seen: list[Any] = []

    def count(work: Work) -> dict[str, Any]:
        seen.append(work.payload)
        work.progress(1, 3)
        return {"found": 7}

    job = enqueue(session, "count", {"ids": [1, 2]}, unique_key="count:1")
    session.commit()
    assert worker(app, count=count).step() and not worker(app, count=count).step()
    session.refresh(job)
    assert (seen, job.status, job.result, job.done, job.total) == ([{"ids": [1, 2]}], "done", {"found": 7}, 3, 3)
    assert job.finished_at is not None and job.locked_until is None


def test_who_asked_is_kept(app: Flask, session: Session) -> None:
    from app.core.permissions import Role

    by = make_actor(session, Role.COMMUNE_OFFICER, make_area(session))
    assert enqueue(session, "count", {}, by=by).created_by == by.account_id
    assert enqueue(session, "count", {}).created_by is None


def test_named_work_is_asked_for_once_until_it_is_finished(app: Flask, session: Session) -> None:
    first = enqueue(session, "count", {"n": 1}, unique_key="count:1")
    assert enqueue(session, "count", {"n": 2}, unique_key="count:1") is first
    assert first.payload == {"n": 1}
    session.commit()
    worker(app, count=lambda work: None).step()
    session.expire_all()
    second = enqueue(session, "count", {"n": 3}, unique_key="count:1")
    assert second.id != first.id and queries.latest(session, "count:1") is second
    assert enqueue(session, "count", {}).id != enqueue(session, "count", {}).id, "work without a name is never the same"


def test_work_that_is_rolled_back_was_never_asked_for(app: Flask, session: Session) -> None:
    enqueue(session, "count", {})
    session.rollback()
    assert not worker(app, count=lambda work: None).step()


def test_work_waits_for_its_moment(app: Flask, session: Session) -> None:
    enqueue(session, "count", {}, run_at=in_days(1))
    session.commit()
    assert not worker(app, count=lambda work: None).step()
    assert worker(app, count=lambda work: None).step(at=in_days(1.1))


def test_the_earliest_work_is_done_first(app: Flask, session: Session) -> None:
    order: list[int] = []
    for n, days in ((1, -1.0), (2, -3.0), (3, -2.0)):
        enqueue(session, "count", {"n": n}, run_at=in_days(days))
    session.commit()
    worker(app, count=lambda work: order.append(work.payload["n"])).run(until_empty=True)
    assert order == [2, 3, 1]


def test_failed_work_waits_longer_each_time_and_is_given_up_after_five_attempts(app: Flask, session: Session) -> None:
    job = enqueue(session, "fails", {})
    session.commit()
    pauses, at = [], job.run_at
    for attempt in range(1, rules.MAX_ATTEMPTS + 1):
        assert worker(app, fails=fails).step(at=at)
        session.refresh(job)
        assert job.attempts == attempt
        if job.status == "waiting":
            pauses.append(job.run_at)
            at = job.run_at
    assert job.status == "failed" and job.finished_at is not None and len(pauses) == rules.MAX_ATTEMPTS - 1
    assert not worker(app, fails=fails).step(at=in_days(9))


def test_the_words_of_a_fault_are_kept_nowhere(app: Flask, session: Session, caplog: pytest.LogCaptureFixture) -> None:
    job = enqueue(session, "fails", {"words": "Nguyễn Văn An"})
    session.commit()
    worker(app, fails=fails).step()
    session.refresh(job)
    assert job.fault == rules.UNEXPECTED
    assert "ValueError" in caplog.text and "Nguyễn" not in caplog.text


def test_a_refusal_is_final_and_loses_its_words(app: Flask, session: Session) -> None:
    def refuses(_work: Work) -> None:
        raise Refusal("Tệp %(name)s có %(n)s lỗi.", name="Nguyễn Văn An.docx", n=3)

    job = enqueue(session, "refuses", {})
    session.commit()
    worker(app, refuses=refuses).step()
    session.refresh(job)
    assert (job.status, job.attempts, job.fault) == ("failed", 1, "Tệp … có 3 lỗi.")


def test_work_of_an_unknown_kind_fails_at_once(app: Flask, session: Session) -> None:
    job = enqueue(session, "nobody.knows", {})
    session.commit()
    worker(app).step()
    session.refresh(job)
    assert (job.status, job.fault) == ("failed", rules.UNKNOWN)


def test_work_put_off_costs_no_attempt(app: Flask, session: Session) -> None:
    moment = in_days(2)

    def later(_work: Work) -> None:
        raise Later(moment)

    job = enqueue(session, "later", {})
    session.commit()
    worker(app, later=later).step()
    session.refresh(job)
    assert (job.status, job.attempts, job.run_at) == ("waiting", 0, moment)


def test_a_worker_asked_to_stop_lays_its_job_down(app: Flask, session: Session) -> None:
    job = enqueue(session, "long", {})
    session.commit()
    stopped = worker(app)

    def long(work: Work) -> None:
        work.progress(1, 9)
        stopped.stopping.set()
        work.progress(2, 9)
        pytest.fail("went on")

    stopped.handlers = {"long": long}
    assert stopped.run() == 1
    session.refresh(job)
    assert (job.status, job.attempts, job.done, job.total) == ("waiting", 0, 1, 9)


def test_who_lost_the_job_stops_and_writes_nothing(app: Flask, session: Session) -> None:
    job = enqueue(session, "slow", {})
    session.commit()
    other: list[Job | None] = []

    def slow(work: Work) -> dict[str, Any]:
        with work.database.transaction() as own:
            other.append(operations.take(own, at=in_days(1)))
        work.progress(5, 5)
        pytest.fail("went on")

    assert worker(app, slow=slow).step()
    session.refresh(job)
    assert other[0] is not None and (job.status, job.attempts, job.done) == ("running", 2, 0)
    with pytest.raises(LostLock):
        operations.succeed(session, job.id, 1, None)
    operations.succeed(session, job.id, 2, None)


def test_held_work_is_not_taken_until_its_time_has_passed(app: Flask, session: Session) -> None:
    enqueue(session, "slow", {}, run_at=in_days(-1))
    taken = operations.take(session, hold=timedelta(minutes=5))
    assert taken is not None and taken.locked_until is not None
    assert operations.take(session) is None
    assert operations.take(session, at=taken.locked_until) is taken


def test_work_whose_workers_always_die_has_failed(app: Flask, session: Session) -> None:
    job = enqueue(session, "deadly", {}, run_at=in_days(-1))
    for _attempt in range(rules.MAX_ATTEMPTS):
        assert operations.take(session, hold=timedelta()) is job
    assert operations.take(session, hold=timedelta()) is None
    assert (job.status, job.fault) == ("failed", rules.BROKEN_OFF)


def test_progress_inside_a_transaction_is_a_fault_of_the_program(app: Flask, session: Session) -> None:
    def wrong(work: Work) -> None:
        with work.database.transaction():
            work.progress(1)

    enqueue(session, "wrong", {})
    session.commit()
    with pytest.raises(RuntimeError, match="inside another"):
        Worker(app.extensions["danban"], strict=True, handlers={"wrong": wrong}).step()


def test_old_work_is_forgotten(app: Flask, session: Session) -> None:
    old, young = enqueue(session, "count", {}), enqueue(session, "count", {})
    for job, days in ((old, -91), (young, -89)):
        job.status, job.finished_at = "done", in_days(days)
    waiting = enqueue(session, "count", {}, run_at=in_days(1))
    session.commit()
    worker(app).run(until_empty=True)
    session.expire_all()
    listed = queries.listed(session)
    assert {job.id for job in listed if job.kind == "count"} == {young.id, waiting.id}
    assert len(listed) == 2


def test_what_goes_on_for_ever_is_asked_for_by_the_worker_once(app: Flask, session: Session) -> None:
    for _ in range(2):
        assert Worker(app.extensions["danban"], strict=True).run(until_empty=True) == 0
    assert sorted(job.kind for job in queries.listed(session)) == sorted(standing())


def test_in_tests_everything_that_waits_is_done_and_faults_are_raised(app: Flask, session: Session) -> None:
    enqueue(session, "nobody.knows", {})
    enqueue(session, "nobody.knows", {}, run_at=in_days(0.4))
    session.commit()
    with pytest.raises(Refusal):
        run_jobs(app)
    assert run_jobs(app, strict=False) == 1 and run_jobs(app) == 0


def test_every_kind_of_work_has_one_handler() -> None:
    assert all(callable(handler) for handler in handlers().values())
