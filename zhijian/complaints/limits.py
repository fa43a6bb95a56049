"""How often something may be tried on the public pages, counted for all processes together.

Neither an address nor a phone can be read from what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from zhijian.complaints.refusals import TooOften

_HOUR, _NETWORK = 3600, 64
_KEY = "complaints.limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """So often in so many seconds."""

    name: str
    most: int
    seconds: int


SENT_BY_ADDRESS = Limit("sent_by_address", 30, _HOUR)
SENT_BY_PHONE = Limit("sent_by_phone", 5, _HOUR)
TRACKED_BY_ADDRESS = Limit("tracked_by_address", 30, _HOUR)
TRACKED_NUMBER = Limit("tracked_number", 10, _HOUR)


def count(limit: Limit, whom: str) -> None:
    """Count one more; raise ``TooOften`` beyond the limit."""
    key = salted_hmac(_KEY, f"{limit.name}\n{whom}", algorithm="sha256").hexdigest()
    cache.add(key, 0, limit.seconds)
    try:
        counted = cache.incr(key)
    except ValueError:  # its time was over between the two
        return
    if counted > limit.most:
        raise TooOften("complaints.too_often", minutes=limit.seconds // 60)


def address_of(request: HttpRequest) -> str:
    """Return from where a request comes; of the new addresses, the network of the line."""
    told = get_adapter().get_client_ip(request)
    try:
        found = ip_address(told)
    except ValueError:
        return str(told)
    if isinstance(found, IPv6Address):
        return str(int(found) >> _NETWORK)
    return str(found)
