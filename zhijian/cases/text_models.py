"""What of a case can be searched: a copy, which can be made again from the events."""

from __future__ import annotations

from django.db import models


class CaseText(models.Model):
    """The words of a case: its title and what was told, or what was told about people.

    A text ``is_personal`` where the regulation marks what was told as personal; it is searched only
    for those who may reveal it.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="texts")
    is_personal = models.BooleanField()
    text = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "is_personal"], name="case_text_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id}"
