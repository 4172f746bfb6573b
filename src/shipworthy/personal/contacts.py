"""E-mail addresses and network addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from shipworthy.personal.span import Span

_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}+@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24}(?![\w@]|-\w)"
)
_FILES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|css|js|html?|py|php)$", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.\-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)", re.ASCII)
_IPV6 = re.compile(r"(?<![\w:.])[0-9a-f:]{3,39}+(?![\w:]|\.\d)", re.IGNORECASE | re.ASCII)
_VERSION = re.compile(r"(?:\bv|version|release|section|§|build) ?\.?$", re.IGNORECASE)
_VERSION_BELOW = 20
"""Where no part is this great, four numbers with points are a version or a chapter."""


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses; names of files with an @ in them are none."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            if not _FILES.search(match[0]):
                yield Span("email", match.start(), match.end())


def network_addresses(text: str) -> Iterator[Span]:
    """Addresses of machines on the internet; none that mean the machine itself or nobody."""
    if text.count(".") >= 3:
        for match in _IPV4.finditer(text):
            if _is_ipv4(match[0]) and not _VERSION.search(text[max(0, match.start() - 9) : match.start()]):
                yield Span("ip_address", match.start(), match.end())
    if text.count(":") >= 2:
        for match in _IPV6.finditer(text):
            if _is_ipv6(match[0]):
                yield Span("ip_address", match.start(), match.end())


def _is_ipv4(text: str) -> bool:
    parts = [int(part) for part in text.split(".")]
    if (
        max(parts) > 255
        or max(parts) < _VERSION_BELOW
        or any(len(each) > 1 and each[0] == "0" for each in text.split("."))
    ):
        return False
    return parts[0] not in (0, 127, 255)


def _is_ipv6(text: str) -> bool:
    """At least three groups, so that neither times of the day nor names of program code count."""
    if len([part for part in text.split(":") if part]) < 3 or text.count(":") < 3:
        return False
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_unspecified)
