"""Numbers for households whose file gives none."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.areas.models import Area
from app.households.importing.checks import number_key
from app.households.models import Household


@dataclass
class Numbers:
    """Free numbers and the next place on the round of one area."""

    taken: set[str]
    highest: int
    position: int

    @classmethod
    def of(cls, session: Session, area: Area, given: set[str]) -> "Numbers":
        """What an area has taken, and what the file ``given`` is going to take."""
        query = select(Household.number).where(Household.area_id == area.id, Household.ended_at.is_(None))
        taken = {number_key(number) for number in [*session.scalars(query), *given]}
        last = session.scalar(select(func.max(Household.position)).where(Household.area_id == area.id)) or 0
        # A household may carry the number of a document; nobody counts on from there.
        highest = max((int(number) for number in taken if number.isdecimal() and len(number) <= 6), default=0)
        return cls(taken, highest, last)

    def take(self, wanted: str) -> tuple[str, int]:
        """The household's own number, or the next free one of three digits."""
        self.position += 1
        if wanted:
            return wanted, self.position
        self.highest += 1
        while number_key(f"{self.highest:03}") in self.taken:
            self.highest += 1
        return f"{self.highest:03}", self.position
