"""A whole household on PostgreSQL: slip, ballot, check, sending, receipt; five requests that follow each other."""

import psutil

from tests.bench import support

HOUSEHOLDS = 16_000


def run() -> None:
    """Measure whole households a second, and the processor time one takes (service and database)."""
    with support.folder() as place, support.postgresql(place) as server:
        url = server.fresh("journey")
        crowd = support.make_crowd(url, HOUSEHOLDS)
        secrets = place / "secrets"
        secrets.write_text("".join(f"{secret}\n" for secret in crowd.secrets))
        with support.served(url, place) as service:
            families = [service.pid, server.pid]
            before = list(map(processor_seconds, families))
            arguments = (str(secrets), str(HOUSEHOLDS), str(support.CLIENTS))
            load = support.wrk(service.url, "journey.lua", *arguments, threads=support.CLIENTS)
            after = list(map(processor_seconds, families))
        assert load.requests and not load.failed, load
        service_ms, database_ms = (
            (end - start) * 1000 / load.requests for start, end in zip(before, after, strict=True)
        )
        support.publish(
            journey_postgresql_per_s=load.per_s,
            journey_postgresql_cpu_ms=service_ms + database_ms,
            journey_postgresql_database_cpu_ms=database_ms,
        )
        database_keeps(url, load.requests)


def processor_seconds(pid: int) -> float:
    """What a process and all it has started have taken; those that ended are counted with their parent."""
    family = psutil.Process(pid)
    times = [member.cpu_times() for member in [family, *family.children(recursive=True)]]
    return sum(one.user + one.system for one in times) + times[0].children_user + times[0].children_system


def database_keeps(url: str, households: int) -> None:
    """At least as many ballots as journeys that reached their receipt."""
    from app.core.db import Database
    from app.polls.models import Ballot

    database = Database(url)
    with database.session(write=False) as session:
        assert session.query(Ballot).count() >= households
    database.dispose()
