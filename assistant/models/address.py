"""Where a server's address leads, read without asking the network: loopback in any spelling, and places never to be asked.

The address of the model server is a setting, and a setting can be an attack (server-side request forgery): a URL that
leads to the metadata service of a cloud would have Plume read that machine's keys. Sources of the addresses: the pages of AWS
(169.254.169.254, fd00:ec2::254), Google Cloud (metadata.google.internal, fd20:ce::254), Azure (168.63.129.16),
Alibaba (100.100.100.200), Oracle (192.0.0.192) on their instance metadata services, 2026-11.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Fault = Literal["scheme", "credentials", "extra", "malformed", "forbidden"]

METADATA = frozenset(
    ipaddress.ip_address(one) for one in ("100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254")
)
"""Beside the link-local ones, which are forbidden as a whole."""
METADATA_NAMES = frozenset(
    (
        "metadata",
        "metadata.google.internal",
        "metadata.goog",
        "metadata.azure.internal",
        "metadata.tencentyun.com",
        "instance-data",
        "instance-data.ec2.internal",
        "rancher-metadata",
    )
)
NAT64 = ipaddress.ip_network("64:ff9b::/96")
COMPATIBLE = ipaddress.ip_network("::/96")
NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


@dataclass(frozen=True)
class Place:
    """A host and a port as they were written, normalised."""

    host: str
    port: int | None

    @property
    def shown(self) -> str:
        """`host` or `host:port`, an IPv6 address in brackets."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"


def place_of(url: str) -> Place | None:
    """The host and port of `url`; None where there is none to be read."""
    parts = _split(url)
    if parts is None:
        return None
    host = unicodedata.normalize("NFKC", parts.hostname or "").replace("\u3002", ".").rstrip(".")  # as IDNA reads them
    return Place(host, parts.port) if host else None


def fault_of(url: str) -> Fault | None:
    """What forbids `url`: not http(s), credentials in it, a query or fragment, unreadable, or a place never to be asked."""
    if re.search(r"[\s\\\x00-\x1f\x7f]", url):
        return "malformed"
    parts = _split(url)
    if parts is None:
        return "malformed"
    if parts.scheme not in ("http", "https"):
        return "scheme"
    if "@" in parts.netloc:
        return "credentials"
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        return "extra"
    place = place_of(url)
    if place is None or ("%" in place.host and ":" not in place.host):
        return "malformed"
    return "forbidden" if is_forbidden(place.host) else None


def with_path(url: str) -> str:
    """`url` without a slash at its end, and with `/v1` where it has no path: where nearly all servers have their API."""
    parts = _split(url)
    bare = url.rstrip("/")
    return f"{bare}/v1" if parts is not None and parts.path.strip("/") == "" else bare


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine: `localhost`, names under it, 127/8 and ::1 in any spelling, the unspecified address."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    address = address_of(host)
    if address is None:
        return False
    inner = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (inner or address).is_loopback or (inner or address).is_unspecified


def is_forbidden(host: str) -> bool:
    """Whether `host` is link-local, multicast, a cloud's metadata service, or loopback hidden in a tunnel's address."""
    if host in METADATA_NAMES:
        return True
    address = address_of(host)
    if address is None:
        return False
    if is_loopback(host):
        return False
    return any(
        one.is_link_local or one.is_multicast or one in METADATA or one == ipaddress.IPv4Address("255.255.255.255") for one in _all(address)
    ) or any(one.is_loopback or one.is_unspecified for one in _all(address)[1:])


def address_of(host: str) -> Address | None:
    """`host` as an address, as a resolver reads it: dotted, short (`127.1`), decimal, octal, hexadecimal, IPv6; None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return _loosely(host)


def _loosely(host: str) -> ipaddress.IPv4Address | None:
    """IPv4 as `inet_aton` reads it: up to four numbers, the last one filling what is left."""
    parts = host.split(".")
    if not 1 <= len(parts) <= 4 or not all(NUMBER.fullmatch(part) for part in parts):
        return None
    try:
        numbers = [int(part, 16) if part[:2].lower() == "0x" else int(part, 8 if part.startswith("0") else 10) for part in parts]
    except ValueError:
        return None
    *first, last = numbers
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(numbers)):
        return None
    value = last + sum(number << (8 * (3 - place)) for place, number in enumerate(first))
    return ipaddress.IPv4Address(value)


def _all(address: Address) -> tuple[Address, ...]:
    """The address and every IPv4 address that is hidden in it."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64 or address in COMPATIBLE:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return (address, *(one for one in inner if one is not None))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts
