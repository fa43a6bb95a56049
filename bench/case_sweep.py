"""How long a sweep takes over very many open cases: when none is due, and when some are.

Works on the site of its environment and prints seconds as JSON.
"""

from __future__ import annotations

import json
import time
from datetime import timedelta

_RUNS, _DUE = 3, 1000


def main() -> None:
    """Sweep when nothing is due, let some fall due, sweep these, and sweep again."""
    import django

    django.setup()
    from zhijian.cases import services
    from zhijian.cases.models import CaseClock, CaseFault, CaseNotice
    from zhijian.foundation import clock

    now = clock.now()
    idle = []
    for _run in range(_RUNS):
        begun = time.perf_counter()
        if services.sweep(at=now).cases:
            raise SystemExit("something was due")
        idle.append(time.perf_counter() - begun)

    chosen = list(CaseClock.objects.order_by("pk").values_list("pk", flat=True)[:_DUE])
    CaseClock.objects.filter(pk__in=chosen).update(next_at=now - timedelta(minutes=1))
    begun = time.perf_counter()
    first = services.sweep(at=now)
    seconds = time.perf_counter() - begun
    if first.failed:
        raise SystemExit(f"{len(first.failed)} cases could not be swept")
    written = CaseNotice.objects.count() + CaseFault.objects.count()
    services.sweep(at=now)
    again = CaseNotice.objects.count() + CaseFault.objects.count() - written
    told = {"idle": idle, "clocks": CaseClock.objects.count(), "due": first.cases}
    print(json.dumps({**told, "due_seconds": seconds, "written_again": again}))


if __name__ == "__main__":
    main()
