"""Reading incidents, hints, hazards, duties and bulletins. Other rooms ask here."""

from zhijian.incidents.queries.bulletins import (
    acknowledgements,
    bulletin,
    bulletins,
    bulletins_of,
    owed_by,
)
from zhijian.incidents.queries.hints import (
    Compared,
    compared,
    hint_for,
    hint_of,
    hints,
    hints_behind,
)
from zhijian.incidents.queries.kinds import kind_for, kinds, options, plays
from zhijian.incidents.queries.register import Wanted, by_level, incident_of, register
from zhijian.incidents.queries.safety import AreaCount, Gap, by_area, duties, gaps, hazards

__all__ = [
    "AreaCount",
    "Compared",
    "Gap",
    "Wanted",
    "acknowledgements",
    "bulletin",
    "bulletins",
    "bulletins_of",
    "by_area",
    "by_level",
    "compared",
    "duties",
    "gaps",
    "hazards",
    "hint_for",
    "hint_of",
    "hints",
    "hints_behind",
    "incident_of",
    "kind_for",
    "kinds",
    "options",
    "owed_by",
    "plays",
    "register",
]
