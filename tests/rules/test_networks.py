"""One subscriber is one network, however many addresses there are in it and however they are written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.queries.rating import Place
from app.lib.networks import address_of, network_in, network_of

FOUR = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
SIX = st.integers(0, 2**128 - 1).map(ipaddress.IPv6Address).filter(lambda one: one.ipv4_mapped is None)
BITS = st.integers(0, 2**64 - 1)


def at(*networks: str) -> Place:
    return Place(
        id=1, code="", path="", center_id=1, counter_id=None, group_id=None, center="", counter="", group="",
        hotline="", commune="", home="", open=True, networks=tuple(network_in(text) for text in networks),
    )  # fmt: skip


@given(SIX, BITS)
def test_every_address_of_a_subscriber_is_one_network(address: ipaddress.IPv6Address, bits: int) -> None:
    other = ipaddress.IPv6Address(int(address) >> 64 << 64 | bits)
    if other.ipv4_mapped is None:
        assert network_of(str(address)) == network_of(str(other)) == network_of(other.exploded.upper())
    assert network_of(network_of(str(address)).removesuffix("/64")) == network_of(str(address))


@given(SIX, st.integers(0, 63))
def test_two_subscribers_are_two_networks(address: ipaddress.IPv6Address, bit: int) -> None:
    other = ipaddress.IPv6Address(int(address) ^ 1 << 64 + bit)
    assert network_of(str(address)) != network_of(str(other))


@given(FOUR, FOUR)
def test_ipv4_is_told_apart_by_its_whole_address_and_is_the_same_dressed_as_ipv6(
    one: ipaddress.IPv4Address, other: ipaddress.IPv4Address
) -> None:
    dressed = ipaddress.IPv6Address(0xFFFF << 32 | int(one))
    assert network_of(str(one)) == network_of(f"::ffff:{one}") == network_of(dressed.exploded) == str(one)
    assert (network_of(str(one)) == network_of(str(other))) == (one == other)


@given(SIX, st.integers(1, 128), BITS)
def test_a_shorter_prefix_holds_more_subscribers(address: ipaddress.IPv6Address, prefix: int, bits: int) -> None:
    inside = ipaddress.IPv6Address(int(address) >> 64 << 64 | bits)
    if inside.ipv4_mapped is None:
        assert prefix > 64 or network_of(str(address), prefix) == network_of(str(inside), prefix)
    assert network_of(str(address), prefix).endswith(f"/{prefix}")


@given(st.text(max_size=40))
def test_any_text_has_a_network(text: str) -> None:
    assert network_of(text) == network_of(f" {text} ")


@pytest.mark.parametrize("text", ["", "unknown", "203.0.113.7:443", "203.0.113.256", "2001:db8::g"])
def test_what_is_no_address_stands_for_itself(text: str) -> None:
    assert (network_of(text), address_of(text)) == (text, None)


@given(SIX, st.integers(32, 128), st.integers(0, 2**128 - 1))
def test_who_stands_at_the_counter_is_told_by_the_whole_address(
    address: ipaddress.IPv6Address, prefix: int, bits: int
) -> None:
    """A list of a centre may be of any width; nobody outside it is taken for somebody inside."""
    named = ipaddress.IPv6Network((int(address), prefix), strict=False)
    inside = named[bits % named.num_addresses]
    outside = ipaddress.IPv6Address(int(inside) ^ 1 << (128 - prefix))
    place = at(str(named))
    assert place.is_on_site(inside.exploded) and place.is_on_site(f"{inside}")
    assert outside.ipv4_mapped or not place.is_on_site(str(outside))


@given(FOUR, st.integers(16, 32))
def test_ipv4_at_the_counter_may_come_dressed_as_ipv6(address: ipaddress.IPv4Address, prefix: int) -> None:
    named = ipaddress.IPv4Network((int(address), prefix), strict=False)
    other = ipaddress.IPv4Address(int(address) ^ 1 << (32 - prefix))
    for place in (at(str(named)), at(f"::ffff:{named.network_address}/{96 + prefix}")):
        assert place.is_on_site(str(address)) and place.is_on_site(f"::ffff:{address}")
        assert not place.is_on_site(str(other)) and not place.is_on_site(f"::ffff:{other}")


@pytest.mark.parametrize("text", ["", "unknown", "unix:/tmp/x"])
def test_nobody_without_an_address_is_at_the_counter(text: str) -> None:
    assert not at("203.0.113.0/24", "2001:db8::/56").is_on_site(text)
