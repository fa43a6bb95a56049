"""Work of this room in the background."""

from __future__ import annotations

from django_tasks import task

from zhijian.complaints import services
from zhijian.foundation import clock


@task()
def catch_up() -> None:
    """Register what was opened elsewhere, and copy again what has moved on since."""
    services.catch_up(at=clock.now())
