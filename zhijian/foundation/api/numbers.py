"""Numbers that programs send, written as people write them in forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from zhijian.domain.exact import plain
from zhijian.domain.records.cells import NotReadable, as_exact_number


class NumberField(serializers.DecimalField):
    """A plain decimal: full-width digits are read, ``1e3`` is refused."""

    def to_internal_value(self, data: Any) -> Decimal:
        """Return the number; a number of JSON is taken as the decimal that it shows."""
        try:
            text = plain(as_exact_number(data))
        except NotReadable:
            self.fail("invalid")
        value: Decimal = super().to_internal_value(text)
        return value
