"""The last number given in each series."""

from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """One series per kind of paper and year."""

    kind = models.CharField(max_length=80)
    year = models.IntegerField()
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "year"], name="one_series_per_kind_and_year"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last}"
