"""Addresses of the internet, and the network that one subscriber has."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SUBSCRIBER = 64
"""A subscriber gets at least a /64 of IPv6, and a phone takes another address in it whenever it likes."""
_DRESSED = ipaddress.IPv6Network("::ffff:0:0/96")
"""IPv4 as a server that listens on IPv6 alone may see it: ``::ffff:203.0.113.7``."""


def address_of(text: str) -> Address | None:
    """The address that a text writes, IPv4 also where it comes dressed as IPv6; None where it writes none."""
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    inside = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return inside or address


def network_in(text: str) -> Network:
    """The network that a text writes in CIDR notation, whatever its host bits; raises ``ValueError`` for none."""
    network = ipaddress.ip_network(text, strict=False)
    if isinstance(network, ipaddress.IPv6Network) and network.subnet_of(_DRESSED):
        first = network.network_address.packed[-4:]
        return ipaddress.IPv4Network((first, network.prefixlen - _DRESSED.prefixlen))
    return network


def network_of(text: str, prefix: int = SUBSCRIBER) -> str:
    """What the network of an address is counted under: an IPv4 address itself, of IPv6 its first ``prefix`` bits.

    The same for every way of writing the address; a text that is no address stands for itself.
    """
    address = address_of(text)
    if address is None:
        return text.strip()
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.IPv6Network((int(address), prefix), strict=False))
