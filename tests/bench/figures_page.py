"""The dashboard as a member of staff gets it, asked of the application in this process."""

import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from app.areas.models import Area
from app.core import clock
from app.core.permissions import Role
from app.factory import create_app
from app.feedback.models import ServiceCenter
from tests.support.servers import settings_for_tests
from tests.support.staff import sign_in_as

TIMES = 7


def page_seconds(url: str, center_id: int, kinds: tuple[str, ...]) -> dict[str, float]:
    """The median seconds of the page for each kind of period, for somebody who may see officers too."""
    with tempfile.TemporaryDirectory() as storage:
        app = create_app(settings_for_tests(url, Path(storage)))
        client = app.test_client()
        database = app.extensions["danban"].database
        with database.session() as session, session.begin():
            center = session.get_one(ServiceCenter, center_id)
            commune = session.get_one(Area, center.area_id)
        with database.session() as session:
            sign_in_as(client, session, Role.LEADER, commune)
        found = {}
        for kind in kinds:
            address = f"/staff/danh-gia/so-lieu/{center_id}?ky={kind}&ngay={clock.today()}"
            found[kind] = statistics.median(_seconds(client, address) for _ in range(TIMES))
        database.dispose()
        return found


def _seconds(client: FlaskClient, address: str) -> float:
    began = time.monotonic()
    answer = client.get(address)
    seconds = time.monotonic() - began
    assert answer.status_code == 200, answer.status
    return seconds
