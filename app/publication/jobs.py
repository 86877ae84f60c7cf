"""Background work of publication: saying that a posting is about to end."""

from datetime import datetime, time
from typing import Any

from app.core import clock
from app.core.permissions import SYSTEM
from app.core.rows import lock
from app.jobs.work import Later, Work
from app.publication.models import Posting
from app.publication.operations.common import done
from app.publication.operations.posting import REMIND
from app.publication.rules.periods import remind_on


def remind(work: Work) -> dict[str, Any] | None:
    """Note once that a posting ends soon; staff see it in their list until it is prolonged or over.

    Harmless when run twice. A posting that was prolonged meanwhile is looked at again on its new day.
    """
    with work.database.transaction() as session:
        posting = session.get(Posting, work.payload["posting_id"])
        if posting is None:
            return {"reminded": False}
        lock(session, posting)
        if posting.status != "posted" or posting.until is None or posting.reminded_at is not None:
            return {"reminded": False}
        day = remind_on(posting.until)
        if day > clock.local(work.at).date():
            raise Later(datetime.combine(day, time(7), clock.VIETNAM))
        posting.reminded_at = clock.now()
        done(session, SYSTEM, posting, "posting.remind", until=posting.until)
    return {"reminded": True}


HANDLERS = {REMIND: remind}
