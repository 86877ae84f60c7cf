"""The words a place wants pointed out to its moderators. They point out; they never refuse."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.audit.operations import record
from app.core import clock
from app.core.entries import clean_line
from app.core.errors import Refusal
from app.core.permissions import Actor
from app.core.rights import must
from app.lib.i18n import N_
from app.moderation.models import AbuseWord
from app.moderation.queries.listed import LISTED
from app.moderation.rules.abuse import listed_word
from app.moderation.rules.rights import EDIT_WORDS

LONGEST = 100


def add(session: Session, by: Actor, area: Area, word: str, *, exact: bool = False) -> AbuseWord:
    """Have a word or phrase pointed out at the place and below.

    ``exact``: only with its diacritics; otherwise also without them. Raises ``Forbidden`` without the right, and
    ``Refusal`` at ``word`` when it says nothing or stands there already.
    """
    account = _must(by, area)
    kept = clean_line(word, "word", LONGEST)
    if sum(c.isalnum() for c in kept) < 2:
        raise Refusal(N_("Ghi một từ hoặc cụm từ, ít nhất 2 chữ cái."), field="word")
    folded = listed_word(kept, exact=exact).folded
    same = select(AbuseWord.word).where(AbuseWord.area_id == area.id, AbuseWord.folded == folded)
    if session.scalar(same.where(AbuseWord.exact == exact)) is not None:
        raise Refusal(N_("Từ này đã có trong danh sách."), field="word")
    made = AbuseWord(
        area_id=area.id, word=kept, folded=folded, exact=exact, added_by=account, added_at=clock.now()
    )  # fmt: skip
    session.add(made)
    session.flush()
    LISTED.forget()
    record(session, by, "moderation.word.add", subject=("abuse_word", made.id), path=area.path, word=kept)
    return made


def remove(session: Session, by: Actor, area: Area, found: AbuseWord) -> None:
    """Have a word pointed out no longer. Raises ``Forbidden`` without the right."""
    _must(by, area)
    record(session, by, "moderation.word.remove", subject=("abuse_word", found.id), path=area.path, word=found.word)
    session.delete(found)
    session.flush()
    LISTED.forget()


def _must(by: Actor, area: Area) -> int:
    return must(by, EDIT_WORDS, area.path)
