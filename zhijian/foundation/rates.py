"""How often an address may ask something that needs no account, counted over all web processes.

Neither an address nor a phone can be read from what is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_KEY, _NETWORK = "foundation.rate", 64


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times within so many seconds, counted from the first."""

    name: str
    most: int
    seconds: int

    def allows(self, asker: str) -> bool:
        """Count one more time for whoever asks; tell whether it is still within the limit."""
        key = salted_hmac(_KEY, f"{self.name}\n{asker}", algorithm="sha256").hexdigest()
        cache.add(key, 0, self.seconds)
        try:
            return int(cache.incr(key)) <= self.most
        except ValueError:  # its time was over between the two
            return self.most > 0


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
