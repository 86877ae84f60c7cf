"""A dossier's code tapped twice at once, and one dossier minted twice at once."""

import contextlib
from collections.abc import Callable

from sqlalchemy.orm import Session

from app.core import clock
from app.core.db import Database
from app.core.tokens import Keyring
from app.feedback.models import ApiKey, DossierCode, RatingPoint
from app.feedback.operations import minting, trust
from app.feedback.operations.rating import Tap, rate
from app.feedback.queries.rating import made_before, place_of
from app.feedback.rules.minting import Placed
from tests.support.cast import make_commune
from tests.support.crowd import together
from tests.support.feedback import make_center, make_counter, make_point
from tests.support.trust import code_text, make_code, make_key

KEYRING = Keyring("a secret of the test")
AT_ONCE = 6


def make_place(session: Session) -> RatingPoint:
    return make_point(session, make_counter(session, make_center(session, make_commune(session))))


def test_of_many_taps_with_one_code_exactly_one_counts(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        codes = [make_code(session, make_place(session)).id for _n in range(3)]

    def tap(code: int) -> Callable[[], tuple[int, bool]]:
        def act() -> tuple[int, bool]:
            with committed_database.transaction() as session:
                return code, trust.spend(session, code)

        return act

    spent = together([tap(code) for code in codes for _n in range(AT_ONCE)])
    assert sorted(code for code, first in spent if first) == sorted(codes)


def test_two_taps_of_one_thumb_are_one_rating(committed_database: Database) -> None:
    """The same sending at once: one row, and whichever answer the browser shows knows the dossier."""
    with committed_database.transaction() as session:
        point = make_place(session)
        kept = make_code(session, point, KEYRING, dossier="A1")
        code, point_id, code_id = code_text(KEYRING, point, "A1"), point.id, kept.id
    tap = Tap(5, "the-same-sending", clock.now(), "0" * 64, "0" * 64, tier=2)

    def act() -> tuple[int, bool]:
        with committed_database.transaction() as session:
            point = session.get_one(RatingPoint, point_id)
            used = trust.use_up(
                session, KEYRING, point, dossier_code=code, at=clock.now(),
                repeated=lambda: made_before(session, tap.client_uuid) is not None,
            )  # fmt: skip
            place = place_of(session, point.code)
            assert place is not None
            return used, rate(session, place, tap).repeated

    answers = together([act] * AT_ONCE)
    assert {used for used, _repeated in answers} == {code_id}
    assert sorted(repeated for _used, repeated in answers) == [False] + [True] * (AT_ONCE - 1)


def test_a_dossier_minted_at_once_has_one_code(committed_database: Database) -> None:
    with committed_database.transaction() as session:
        place = make_place(session)
        key_id, point_id = make_key(session, place.center).id, place.id

    def mint() -> list[str]:
        with committed_database.transaction() as session:
            center, key = session.get_one(RatingPoint, point_id).center, session.get_one(ApiKey, key_id)
            placed = [Placed(0, "A1", point_id), Placed(1, "A2", point_id)]
            return [one.code for one in minting.mint(session, key, KEYRING, center, placed, days=60)]

    answers = together([mint] * AT_ONCE)
    assert len({tuple(answer) for answer in answers}) == 1
    with contextlib.closing(committed_database.session(write=False)) as session:
        assert session.query(DossierCode).count() == 2
