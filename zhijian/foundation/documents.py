"""A field for documents of many kilobytes, such as workings-out."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import models


class DocumentField(models.TextField):
    """JSON that is only ever read whole, kept as text.

    Nothing is looked up inside such a document. As text it is neither taken apart by the engine
    when it is written nor put together again when it is read, and its rows are inserted one by one
    within a batch: Django gathers the rows of a batch into arrays on PostgreSQL, and the driver
    quotes every sign of an array; for a thousand workings-out that took twelve of fourteen seconds.
    """

    empty_strings_allowed = False

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Return the plain placeholder, which keeps the field out of arrays."""
        return "%s"

    def to_python(self, value: Any) -> Any:
        """Leave the document as it is."""
        return value

    def get_prep_value(self, value: Any) -> str | None:
        """Write the document."""
        return None if value is None else orjson.dumps(value).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Read the document."""
        return None if value is None else orjson.loads(value)
