"""Numbers without gaps: a number is given inside the transaction that uses it."""

from __future__ import annotations

from django.db import connection

_NEXT = """
INSERT INTO foundation_numberseries (kind, year, last) VALUES (%s, %s, 1)
ON CONFLICT (kind, year) DO UPDATE SET last = foundation_numberseries.last + 1
RETURNING last
"""


def next_number(*, kind: str, year: int) -> int:
    """Return the next number of the series, starting at 1.

    The series stays locked until the caller's transaction ends; when that is rolled back the
    number is given again. Call it inside the transaction that stores the paper.
    """
    connection.validate_no_broken_transaction()
    with connection.cursor() as cursor:
        # One statement, because everybody else who wants a number of the series waits meanwhile.
        cursor.execute(_NEXT, [kind, year])
        (number,) = cursor.fetchone()
    return int(number)
