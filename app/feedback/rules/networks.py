"""The networks of a centre's own Wi-Fi, as people type them: addresses in CIDR notation."""

import ipaddress
import re

from app.lib.i18n import N_
from app.lib.networks import network_in, network_of

MOST = 20
# A wider network belongs to a provider: everybody in the province would seem to stand at the counter.
WIDEST = {4: 16, 6: 32}
NOT_A_NETWORK = N_("“%(text)s” không phải là địa chỉ mạng. Ghi như 203.0.113.0/24 hoặc 203.0.113.7.")
HOST_BITS = N_("“%(text)s” chưa đúng: phần sau dấu gạch chéo không khớp với địa chỉ. Có thể là %(better)s.")
TOO_WIDE = N_("“%(text)s” là mạng quá rộng, gồm cả người ở ngoài Trung tâm. Ghi mạng của riêng Trung tâm.")
TOO_MANY = N_("Ghi không quá %(most)d mạng.")
_BETWEEN = re.compile(r"[\s,;]+")


class BadNetwork(ValueError):
    """A text names no network that can be kept; ``message`` says why, with ``params``."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message)
        self.message, self.params = message, params


def read_networks(text: str) -> list[str]:
    """The networks in a text, one a line or divided by commas, each once, in the order given.

    A single address is a network of one; of IPv6 it stands for its /64, in which every phone changes its address.
    Raises ``BadNetwork`` for what is none, for one whose address reaches into its host part, for one wider than /16
    (IPv6: /32), and for more than twenty.
    """
    found = list(dict.fromkeys(_network(part) for part in _BETWEEN.split(text) if part))
    if len(found) > MOST:
        raise BadNetwork(TOO_MANY, most=MOST)
    return found


def _network(part: str) -> str:
    try:
        network = network_in(part if "/" in part else network_of(part))
    except ValueError:
        raise BadNetwork(NOT_A_NETWORK, text=part[:60]) from None
    if network.prefixlen < WIDEST[network.version]:
        raise BadNetwork(TOO_WIDE, text=part)
    if "/" in part and _has_host_bits(part):
        raise BadNetwork(HOST_BITS, text=part, better=str(network))
    return str(network)


def _has_host_bits(part: str) -> bool:
    try:
        ipaddress.ip_network(part)
    except ValueError:
        return True
    return False
