"""Work of this room in the background."""

from __future__ import annotations

from django_tasks import task

from zhijian.complaints import services
from zhijian.foundation import clock


@task()
def catch_up() -> None:
    """Register what was opened elsewhere, and copy again what has moved on lately."""
    services.catch_up(at=clock.now())


@task()
def catch_up_with_all() -> None:
    """Do the same however long ago it was, for days on which no worker ran."""
    services.catch_up()
