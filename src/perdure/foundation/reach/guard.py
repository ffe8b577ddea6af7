"""Where we may go: addresses of the public web, and no machine behind our own wall.

A name is resolved once, every network address that it stands for is looked at, and the connection goes to
one of these very addresses: a name that stands for another machine a moment later leads nobody astray.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import idna

from perdure.foundation.reach.errors import NotReached, Why

PORTS = {"http": 80, "https": 443}
LONGEST = 2000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = [
    ipaddress.ip_network(one)
    for one in ("192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "64:ff9b:1::/48", "100::/64", "2001::/23")
]
"""Blocks for special use that the standard library of some versions takes for public."""
_PATH, _QUERY = "/%:@!$&'()*+,;=~-._", "/%:@!$&'()*+,;=~-._?"

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""From a name and a port to the network addresses that it stands for. Raises OSError when there is none."""


@dataclass(frozen=True)
class Place:
    """An address of the web, taken apart. path: with its query; the fragment is left away."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What stands in the header Host."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == PORTS[self.scheme] else f"{name}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path


def place_of(url: str, *, loopback: bool = False) -> Place:
    """Take an address apart. Raises NotReached(BARRED) for anything that is no plain address of the web.

    loopback   for trials: every port is allowed, and this machine itself (see `addresses_of`)
    """
    text = url.strip()
    if len(text) > LONGEST or any(sign <= " " or sign == "\x7f" for sign in text) or "\\" in text:
        raise NotReached(Why.BARRED)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise NotReached(Why.BARRED) from None
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.hostname or "@" in parts.netloc:
        raise NotReached(Why.BARRED)
    if port not in {None, *PORTS.values()} and not loopback:
        raise NotReached(Why.BARRED)
    path = quote(parts.path, safe=_PATH) or "/"
    query = f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    return Place(scheme, _host(parts.hostname), port or PORTS[scheme], path + query)


def _host(name: str) -> str:
    """The name in letters that the network knows; a literal network address as it stands."""
    if "%" in name:  # the zone of a link-local address
        raise NotReached(Why.BARRED)
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        return idna.encode(name.rstrip("."), uts46=True).decode()
    except idna.IDNAError:
        plain = name.rstrip(".").lower()
        if plain.isascii() and all(sign.isalnum() or sign in "-._" for sign in plain) and plain:
            return plain  # names with an underscore are no names by the letter, and answer all the same
        raise NotReached(Why.BARRED) from None


def resolve(host: str, port: int) -> list[str]:
    """What the machine's own resolver says, each address once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def addresses_of(place: Place, *, ask: Resolve = resolve, loopback: bool = False) -> list[str]:
    """The network addresses to connect to. Raises NotReached.

    One address that is not public bars the name: a public name does not stand for a machine of our own.
    """
    try:
        found = ask(place.host, place.port)
    except (OSError, UnicodeError):
        raise NotReached(Why.NO_HOST) from None
    if not found:
        raise NotReached(Why.NO_HOST)
    if not all(_allowed(one, loopback) for one in found):
        raise NotReached(Why.BARRED)
    return list(found)


def _allowed(text: str, loopback: bool) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return is_public(address) or (loopback and address.is_loopback)


def is_public(address: IP) -> bool:
    """Does it belong to the public internet, and whatever network address stands inside it too?"""
    inner = _inside(address)
    if inner is not None:
        return isinstance(address, ipaddress.IPv6Address) and address in _NAT64 and is_public(inner)
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    site = isinstance(address, ipaddress.IPv6Address) and address.is_site_local
    kept_back = any(address.version == block.version and address in block for block in _NOT_PUBLIC)
    return address.is_global and not (special or site or kept_back or address.is_link_local)


def _inside(address: IP) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address wraps: mapped, 6to4, Teredo or NAT64."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if int(address) >> 32 == 0 and int(address) > 1:  # the old "compatible" form ::a.b.c.d
        return ipaddress.IPv4Address(int(address))
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
