"""R3: ratings when nobody is served: outside opening hours, on days off, of an officer who is away."""

from collections.abc import Iterable, Iterator

from app.feedback.rules.signs.groups import gathered, ids
from app.feedback.rules.signs.parameters import Parameters
from app.feedback.rules.signs.records import Finding, Office, Seen

DOSSIER = 2


def closed(seen: Iterable[Seen], p: Parameters, office: Office) -> Iterator[Finding]:
    """R3: one sign for each point and day, and for each officer on leave.

    Who rates with the code of their dossier may do so at home in the evening. For half an hour around opening hours
    people still come and go.
    """
    here = [one for one in seen if one.tier != DOSSIER]
    away = [one for one in here if one.officer is not None and office.on_leave(one.officer, one.at)]
    for ones in gathered(away, lambda one: (one.point, one.day, one.officer)):
        yield Finding("R3", ones[0].day, ones[0].point, ids(ones), why={"how": "leave", "count": len(ones)})
    absent = {one.id for one in away}
    late = (one for one in here if one.id not in absent and not _about_open(one, p, office))
    for ones in gathered(late, lambda one: (one.point, one.day)):
        how = "closed" if office.opens_on(ones[0].day) else "day_off"
        yield Finding("R3", ones[0].day, ones[0].point, ids(ones), why={"how": how, "count": len(ones)})


def _about_open(one: Seen, p: Parameters, office: Office) -> bool:
    return office.is_open(one.at) or office.is_open(one.at - p.grace) or office.is_open(one.at + p.grace)
