"""What people do in processes of their own; see ``tests.acting``."""

from __future__ import annotations

from pathlib import Path

from tests.acting import held_after, person


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
