"""What a caller sent, checked field by field."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

#: The largest number that both databases take as a row's id.
LARGEST_ID = 2**63 - 1


def valid(form: serializers.Serializer[Any]) -> Any:
    """Return what was sent; every fault of it is told at once."""
    form.is_valid(raise_exception=True)
    return form.validated_data


def identifier(**options: Any) -> serializers.IntegerField:
    """Return a field that names a row."""
    return serializers.IntegerField(min_value=1, max_value=LARGEST_ID, **options)


@extend_schema_field(OpenApiTypes.BINARY)
class Upload(serializers.FileField):
    """A file; its type and size are judged where it is stored, which also refuses an empty one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            allow_empty_file=True, help_text="pdf, image, docx, xlsx, csv or txt", **options
        )
