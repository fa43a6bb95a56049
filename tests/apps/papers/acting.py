"""What people do with papers in processes of their own; see ``tests.acting``."""

from __future__ import annotations

from pathlib import Path

from tests.acting import person


def issue(_marks: Path, case_id: str, form: str, reason: str) -> None:
    """Issue a paper of a case by hand."""
    from zhijian.foundation import clock
    from zhijian.papers import services

    services.issue(
        actor=person("working_group"),
        case_id=int(case_id),
        form=form,
        reason=reason,
        at=clock.now(),
    )


def register(_marks: Path, key: str) -> None:
    """Open a case whose first step issues a paper."""
    from tests.apps.papers.stories import PACK
    from zhijian.cases import services
    from zhijian.cases.services import Opening, Taking
    from zhijian.foundation import clock
    from zhijian.organizations import queries as organizations

    unit = next(each for each in organizations.all_units() if each.code == "D1")
    facts = {"subject": "排队", "injured": "否", "handler": str(person("clerk").pk)}
    opening = Opening(PACK, "complaint", Taking("register", facts, key=key), unit.id)
    services.open_case(actor=person("working_group"), opening=opening, at=clock.now())
