"""Pages everybody sees alike, fetched by nobody in particular: the home page, an open poll, a result."""

from app.core.db import Database
from app.polls.operations import deciding
from tests.bench import support
from tests.support.cast import make_area
from tests.support.counting import decided, voting


def run() -> None:
    """Measure each page alone against two workers that keep finished pages for a moment, as in production."""
    with support.folder() as place:
        url = support.sqlite(place)
        paths = _prepare(url)
        with support.served(url, place) as server:
            for name, path in paths.items():
                load = support.wrk(f"{server.url}{path}")
                assert not load.failed, f"{load.failed} of {load.requests} failed on {path}"
                support.publish(**{f"{name}_per_s": load.per_s, f"{name}_p99_ms": load.p99})


def _prepare(url: str) -> dict[str, str]:
    """A residential area with an open poll and a decided one that shows three opinions."""
    database = Database(url)
    with database.transaction() as session:
        area = make_area(session)
        now_open = voting(session, 40, area)
        texts = ["Nên lắp thêm đèn.", "Miễn cho hộ neo đơn.", "Làm sau mùa mưa."]
        over = decided(session, 20, 9, texts, absent=8)
        deciding.publish_opinions(session, over.head, over.poll, {1, 2, 3})
        paths = {
            "home": f"/dia-ban/{area.code}",
            "poll": f"/bieu-quyet/{now_open.poll.public_id}",
            "result": f"/bieu-quyet/{over.poll.public_id}",
        }
    database.dispose()
    return paths
