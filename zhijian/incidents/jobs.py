"""Work of this room in the background."""

from __future__ import annotations

from django_tasks import task

from zhijian.foundation import clock
from zhijian.incidents import services


@task()
def keep_owners() -> dict[str, int]:
    """Give hazards whose owner is gone to the next in line; each is given once."""
    return {"given": services.keep_owners(at=clock.now())}
