"""Public numbers that point at nobody: what is too small is said together with others, or not at all."""

from collections.abc import Mapping

LEAST = 5
"""A number below it, other than none, could point at one author."""


def small(count: int) -> bool:
    """Whether the number alone could point at somebody."""
    return 0 < count < LEAST


def grouped(counts: Mapping[str, int]) -> tuple[list[tuple[str, int]], int]:
    """The numbers that may be shown, largest first, and how many fall under all others together.

    What is left over is never small: where it would be, the next smallest number joins it. Whoever knows the whole
    learns nothing more of a small number by subtracting.
    """
    shown = sorted(((key, count) for key, count in counts.items() if count >= LEAST), key=lambda one: (-one[1], one[0]))
    rest = sum(count for count in counts.values() if small(count))
    while small(rest) and shown:
        rest += shown.pop()[1]
    return shown, rest
