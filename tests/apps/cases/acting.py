"""People in processes of their own: held up at a chosen moment, or let go together.

``python -m tests.apps.cases.acting ACT MARKS [ARGUMENT…]``; ``MARKS`` is a folder in which the
process and the test leave signs for each other.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

_FOR_EVER = 600


def held_after(function: Callable[..., Any], marks: Path, name: str) -> Callable[..., Any]:
    """Call the function, leave a sign, and stand still until killed."""

    def called(*args: Any, **facts: Any) -> None:
        function(*args, **facts)
        (marks / name).touch()
        time.sleep(_FOR_EVER)

    return called


def open_held(marks: Path, phase: str) -> None:
    """Open a case and be held up: with the number given, or with everything written."""
    from zhijian.cases.services import writing

    part = {"numbered": "next_number", "written": "write_faults"}[phase]
    setattr(writing, part, held_after(getattr(writing, part), marks, phase))
    open_cases(marks, "1", "held")


def open_cases(_marks: Path, count: str, key: str) -> None:
    """Open so many cases, one after the other, each under a key of its own."""
    from tests.apps.cases.stories import PACK
    from zhijian.cases import services
    from zhijian.cases.services import Opening, Taking
    from zhijian.foundation import clock
    from zhijian.organizations import queries as organizations

    clerk = person("clerk")
    unit = next(each for each in organizations.all_units() if each.code == "D1")
    for number in range(int(count)):
        facts = {"subject": "排队", "injured": "否", "handler": str(clerk.pk)}
        taking = Taking("register", facts, key=f"{key}-{number}")
        opening = Opening(PACK, "complaint", taking, unit.id)
        services.open_case(actor=person("working_group"), opening=opening, at=clock.now())


def answer(_marks: Path, name: str, case_id: str, seq: str) -> None:
    """Handle a case that was seen after so many events."""
    from zhijian.cases import services
    from zhijian.cases.services import Seen, Taking
    from zhijian.foundation import clock

    services.advance_case(
        actor=person(name),
        seen=Seen(int(case_id), int(seq)),
        taking=Taking("answer", {"answer": "已致歉"}),
        at=clock.now(),
    )


def sweep(_marks: Path, at: str) -> None:
    """Sweep all cases as of a moment."""
    from tests.apps.cases.stories import moment
    from zhijian.cases import services

    services.sweep(at=moment(at))


def person(name: str) -> Any:
    """Return somebody of the cast."""
    from zhijian.accounts.models import User

    return User.objects.get(username=name)


def together(marks: Path, act: Callable[..., None], *arguments: str) -> None:
    """Say that we are ready, wait for the sign, act, and tell how it went."""
    from zhijian.foundation.refusal import Refusal

    (marks / f"ready-{time.monotonic_ns()}").touch()
    while not (marks / "go").exists():
        time.sleep(0.001)
    try:
        act(marks, *arguments)
    except Refusal as refusal:
        print(refusal.code)
    else:
        print("done")


def main() -> None:
    """Do what the command line says."""
    django.setup()
    name, folder, *arguments = sys.argv[1:]
    act, marks = globals()[name], Path(folder)
    if act is open_held:
        act(marks, *arguments)
    else:
        together(marks, act, *arguments)


if __name__ == "__main__":
    main()
