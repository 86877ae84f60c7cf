"""R1, R5, R6, R11: who rates, as far as a browser's random mark and a network's mark of one day tell.

The mark of a network changes every day and is emptied after one: the same network tomorrow is another one here. So
R6 counts within the life of a mark; what comes back day after day is for R1, which knows the browser. A network says
nothing at all of ratings from the office's own Wi-Fi, from a tablet that stands there, or with a code that proves that
somebody stood at the counter: those people share their network with everybody there.
"""

from collections.abc import Iterable, Iterator, Sequence

from app.feedback.rules.signs import copies
from app.feedback.rules.signs.chance import least, poisson_tail
from app.feedback.rules.signs.groups import clusters, gathered, ids, minutes, within
from app.feedback.rules.signs.parameters import Parameters
from app.feedback.rules.signs.records import Finding, Seen

DOSSIER = 2


def same_device(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R1: one device at one point, twice in half an hour or four times in a week.

    The first rating of a device stays as it is: that person was served. A tablet of the office is everybody's. A code
    of a dossier is good for one rating, and a family shares a phone; but the dossiers of a week, at whatever points,
    are no more than ``device_many`` less one.
    """
    own = [one for one in seen if not one.shared]
    for ones in gathered((one for one in own if one.tier != DOSSIER), lambda one: (one.device, one.point), 2):
        yield from _repeated("R1", ones, p)
    dossiers = (one for one in own if one.tier == DOSSIER)
    for ones in gathered(dossiers, lambda one: one.device, p.device_many):
        yield from _many_dossiers(ones, p)


def _repeated(rule: str, ones: Sequence[Seen], p: Parameters) -> Iterator[Finding]:
    soon = within(ones, 2, p.device_pair)
    often = within(ones, p.device_many, p.window)
    for near in clusters(sorted({*soon, *often}, key=lambda one: one.place), p.window):
        how = "often" if within(near, p.device_many, p.window) else "soon"
        repeats = near[1:]
        yield Finding(
            rule, repeats[-1].day, near[0].point, ids(repeats),
            why={
                "how": how, "count": len(near), "minutes": minutes(near[0].at, near[-1].at),
                "days": (near[-1].day - near[0].day).days + 1,
            },
        )  # fmt: skip


def _many_dossiers(ones: Sequence[Seen], p: Parameters) -> Iterator[Finding]:
    for near in clusters(within(ones, p.device_many, p.window), p.window):
        points = {one.point for one in near}
        yield Finding(
            "R1", near[-1].day, near[0].point if len(points) == 1 else None, ids(near[1:]),
            why={
                "how": "dossiers", "count": len(near), "points": len(points),
                "days": (near[-1].day - near[0].day).days + 1,
            },
        )  # fmt: skip


def staff_device(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R5: a browser in which somebody of the staff has signed in; any rating of it."""
    for ones in gathered((one for one in seen if one.staff_device), lambda one: (one.device, one.day)):
        points = {one.point for one in ones}
        point = ones[0].point if len(points) == 1 else None
        yield Finding("R5", ones[0].day, point, ids(ones), why={"how": "staff", "count": len(ones)})


def one_network(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R6: five ratings or more from one network outside the office, as long as its mark is the same.

    Phones share networks of their carriers. Where many of that day's networks bring several ratings, more are needed.
    """
    groups = list(gathered(_outside(seen), lambda one: one.network))
    for ones in groups:
        if len(ones) >= p.network_many:
            near = [len(others) for others in groups if others is not ones and others[0].day == ones[0].day]
            yield from _crowded("R6", _network_needed(near, p), ones, p)


def _network_needed(others: Sequence[int], p: Parameters) -> int:
    """How many ratings of one network are strange beside the numbers of the others."""
    if not others:
        return p.network_many
    mean = sum(others) / len(others)
    # Networks that brought nothing are not seen: the mean of those seen says how many each brings on the whole.
    whole = min(mean, 2 * (mean - 1))
    some = poisson_tail(1, whole)
    return least(
        p.network_many, 60, lambda many: len(others) * poisson_tail(many, whole) / some if some else 0.0, p.chance
    )


def negative(seen: Iterable[Seen], p: Parameters) -> Iterator[Finding]:
    """R11: the worst mark again and again from one device or one network outside, or bad marks with copied words."""
    kept = list(seen)
    worst = [one for one in kept if one.level <= p.worst]
    own = (one for one in worst if not one.shared and one.tier != DOSSIER)
    for ones in gathered(own, lambda one: one.device, 2):
        yield from _bombing(ones, p)
    for ones in gathered(_outside(worst), lambda one: one.network, p.network_many):
        yield from _crowded("R11", p.network_many, ones, p)
    yield from _copied([one for one in kept if one.level <= p.bad and one.sketch], p)


def _bombing(ones: Sequence[Seen], p: Parameters) -> Iterator[Finding]:
    # Who is unhappy at two counters of one visit says so twice, and rightly: soon counts at one point alone.
    soon = {
        one for same in gathered(ones, lambda one: one.point, 2) for one in within(same, 2, p.device_pair)
    }  # fmt: skip
    often = within(ones, p.device_many, p.window)
    for near in clusters(sorted(soon.union(often), key=lambda one: one.place), p.window):
        repeats = near[1:]
        points = {one.point for one in near}
        yield Finding(
            "R11", repeats[-1].day, near[0].point if len(points) == 1 else None, ids(repeats),
            why={
                "how": "device", "count": len(near), "points": len(points),
                "minutes": minutes(near[0].at, near[-1].at),
            },
        )  # fmt: skip


def _copied(bad: list[Seen], p: Parameters) -> Iterator[Finding]:
    bad.sort(key=lambda one: one.place)
    for places in copies.groups([one.sketch for one in bad]):
        for near in clusters(within([bad[place] for place in places], p.copies, p.window), p.window):
            points = {one.point for one in near}
            yield Finding(
                "R11", near[-1].day, near[0].point if len(points) == 1 else None, ids(near[1:]),
                why={"how": "copied", "count": len(near), "points": len(points)},
            )  # fmt: skip


def _crowded(rule: str, needed: int, ones: Sequence[Seen], p: Parameters) -> Iterator[Finding]:
    for near in clusters(within(ones, needed, p.window), p.window):
        points = {one.point for one in near}
        yield Finding(
            rule, near[-1].day, near[0].point if len(points) == 1 else None, ids(near),
            why={
                "how": "network", "count": len(near), "points": len(points), "needed": needed,
                "devices": len({one.device for one in near}),
            },
        )  # fmt: skip


def _outside(seen: Iterable[Seen]) -> Iterator[Seen]:
    return (one for one in seen if one.network and not one.on_site and one.tier == 0)
