"""What people do in processes of their own; see ``tests.acting``."""

from __future__ import annotations

from pathlib import Path

from tests.acting import person


def find(_marks: Path, area: str, count: str) -> None:
    """Record so many findings of a weekly check, one after the other."""
    from tests.apps.nonconformities.checks import KIND, PACK
    from zhijian.cases.services import Opening, Taking, open_case
    from zhijian.foundation import clock
    from zhijian.organizations import queries as organizations

    unit = next(each for each in organizations.all_units() if each.code == "D1")
    for number in range(int(count)):
        facts = {
            "check": "周检",
            "found_on": clock.today().isoformat(),
            "item": "保洁",
            "area": f"{area}{number}",
            "description": "地面有水渍",
        }
        opening = Opening(PACK, KIND, Taking("fill_weekly", facts), unit.id)
        open_case(actor=person("clerk"), opening=opening, at=clock.now())


def sweep(_marks: Path) -> None:
    """Look at every count again."""
    from zhijian.foundation import clock
    from zhijian.nonconformities import services

    services.sweep(clock.now())
