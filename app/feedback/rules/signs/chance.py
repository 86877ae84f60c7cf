"""Exact chances, without a library of statistics."""

from collections.abc import Callable, Iterable
from math import exp, lgamma, log, log1p


def binomial_tail(k: int, n: int, p: float) -> float:
    """The chance of ``k`` or more in ``n`` tries of chance ``p``: exact but for the rounding of logarithms."""
    if k <= 0 or p >= 1.0:
        return 1.0
    if k > n or p <= 0.0:
        return 0.0
    whole, yes, no = lgamma(n + 1), log(p), log1p(-p)
    terms = (whole - lgamma(i + 1) - lgamma(n - i + 1) + i * yes + (n - i) * no for i in range(k, n + 1))
    return min(1.0, sum(exp(term) for term in terms))


def poisson_tail(k: int, mean: float) -> float:
    """The chance of ``k`` or more where ``mean`` are expected."""
    if k <= 0:
        return 1.0
    if mean <= 0.0:
        return 0.0
    # Terms from k on fall quickly once they are beyond the mean; this many more are nothing beside the first.
    terms = (i * log(mean) - mean - lgamma(i + 1) for i in range(k, k + int(mean) + 60))
    return min(1.0, sum(exp(term) for term in terms))


def median(values: Iterable[int]) -> float:
    """The middle of the values (between the two middle ones); 0 for none."""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def least(start: int, most: int, expected: Callable[[int], float], below: float) -> int:
    """The smallest number from ``start`` on at which less than ``below`` is expected by chance; ``most`` at the end."""
    number = start
    while number < most and expected(number) >= below:
        number += 1
    return number
