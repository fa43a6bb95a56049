"""Background work of this room."""

from __future__ import annotations

from django_tasks import task

from zhijian.foundation import clock
from zhijian.outcomes.services import telling


@task()
def tell_of_overdue_measures() -> dict[str, int]:
    """Tell units about measures whose limit has passed; each is told once."""
    return {"overdue": telling.overdue(clock.today())}
