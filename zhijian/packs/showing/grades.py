"""The grades of a scheme with the scores that lead to each."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.values import Bands
from zhijian.domain.scoring.grade import intervals_of
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.words import Words
from zhijian.packs.showing.values import in_words


@dataclass(frozen=True, slots=True)
class ShownGrade:
    """A grade and its scores; ``parameter`` names the value where the bands are one."""

    title: Words
    scores: tuple[str, ...]
    parameter: str


def grades_of(scheme: Scheme) -> tuple[ShownGrade, ...]:
    """Return the grades of a scheme, best first; none where it grades nothing."""
    grading = scheme.grading
    if grading is None:
        return ()
    source = grading.bands
    bands = source.inline if source is not None else None
    parameter = source.parameter if source is not None else ""
    return tuple(
        ShownGrade(
            grading.titles.get(grade, Words(grade)),
            tuple(in_words(each) for each in intervals_of(bands, grade))
            if isinstance(bands, Bands)
            else (),
            parameter,
        )
        for grade in grading.order
    )
