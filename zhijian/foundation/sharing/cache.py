"""Django's cache as rows, so that a limit holds for all web processes and machines together.

Django's own cache in the database keeps values as pickles, which may run anything when they are
read, and throws away a third of its rows when it is full, limits included. Here values are JSON,
and a row stays until its time is over.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import transaction
from django.db.models import Q, QuerySet

from zhijian.foundation import clock
from zhijian.foundation.sharing.models import SharedEntry


class SharedCache(BaseCache):
    """A cache for what is small, rarely written and must be the same everywhere."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep a value unless there is one; tell whether it was kept. One of many callers wins."""
        key = self.make_and_validate_key(key, version)
        kept = {"value": value, "expires_at": self._end(timeout)}
        with transaction.atomic():
            SharedEntry.objects.filter(key=key, expires_at__lte=clock.now()).delete()
            return SharedEntry.objects.get_or_create(key=key, defaults=kept)[1]

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of a key, or ``default`` when there is none or its time is over."""
        found = _living(self.make_and_validate_key(key, version)).values_list("value", flat=True)
        return next(iter(found), default)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value, whatever was there."""
        SharedEntry.objects.update_or_create(
            key=self.make_and_validate_key(key, version),
            defaults={"value": value, "expires_at": self._end(timeout)},
        )

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """Add to a number and return the sum; of many callers each is counted.

        Raises ``ValueError`` where there is no such key or its time is over.
        """
        with transaction.atomic():
            living = _living(self.make_and_validate_key(key, version))
            row = living.select_for_update().first()
            if row is None:
                raise ValueError(f"no value under {key!r}")
            row.value += delta
            row.save(update_fields=["value"])
            return int(row.value)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Let a value live on; tell whether there was one."""
        living = _living(self.make_and_validate_key(key, version))
        return bool(living.update(expires_at=self._end(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget a value; tell whether there was one."""
        key = self.make_and_validate_key(key, version)
        return bool(SharedEntry.objects.filter(key=key).delete()[0])

    def clear(self) -> None:
        """Forget everything."""
        SharedEntry.objects.all().delete()

    def _end(self, timeout: Any) -> datetime | None:
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return None if seconds is None else clock.now() + timedelta(seconds=seconds)


def _living(key: str) -> QuerySet[SharedEntry]:
    return SharedEntry.objects.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), key=key)
