"""Very many rows at once: the same rows on both engines, all or none."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from zhijian.foundation.bulk import insert_many
from zhijian.organizations.models import Unit

pytestmark = pytest.mark.django_db


def test_rows_are_written_as_they_are_given() -> None:
    top = Unit.objects.create(code="C", name="公司", kind="company")
    rows = [
        Unit(code=f"U{number}", name=f"甲\t乙\\N{number}\n", kind="department", parent=top)
        for number in range(3)
    ]

    insert_many(rows)

    stored = Unit.objects.filter(parent=top).order_by("code")
    assert [each.code for each in stored] == ["U0", "U1", "U2"]
    assert [each.name for each in stored] == ["甲\t乙\\N0\n", "甲\t乙\\N1\n", "甲\t乙\\N2\n"]
    assert all(each.parent_id == top.pk and each.pk for each in stored)


def test_one_bad_row_keeps_all_out() -> None:
    before = Unit.objects.count()
    rows = [Unit(code="same", name=name, kind="department") for name in ("甲", "乙")]

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many(rows)

    assert Unit.objects.count() == before


def test_no_rows_are_no_work() -> None:
    insert_many([])
