"""The workings-out of a stored score sheet, read back as steps."""

from __future__ import annotations

from typing import Any

from zhijian.assessments.models import ScoreSheet
from zhijian.domain.explain.document import from_documents, to_document
from zhijian.domain.explain.step import Step


def workings(sheet: ScoreSheet) -> tuple[Step, ...]:
    """The workings-out of a sheet: of the score, of the grade, of what follows."""
    documents = [sheet.working, sheet.grading, *(each["working"] for each in sheet.proposals)]
    return tuple(from_documents(each for each in documents if each))


def find_line(sheet: ScoreSheet, line: str) -> Step | None:
    """One line of the workings-out of a sheet, or nothing where it has no such line."""
    steps = (step for root in workings(sheet) for step in root.walk())
    return next((step for step in steps if step.id == line), None)


def standalone_proposals(sheet: ScoreSheet) -> list[dict[str, Any]]:
    """What follows from a sheet, each with a working-out that can be read without the sheet."""
    count = len(sheet.proposals)
    roots = workings(sheet)[-count:] if count else ()
    return [
        {**proposal, "working": to_document(root)}
        for proposal, root in zip(sheet.proposals, roots, strict=True)
    ]
