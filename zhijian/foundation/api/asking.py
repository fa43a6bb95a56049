"""What a caller sent, checked field by field."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

#: The largest number that both databases take as a row's id.
LARGEST_ID = 2**63 - 1
_MOST_FACTS = 200


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


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {
            "oneOf": [
                {"type": "string"},
                {"type": "number"},
                {"type": "boolean"},
                {"type": "array", "items": {"type": "string"}},
            ]
        },
    }
)
class FactsField(serializers.Field[Any, Any, Any, Any]):
    """Facts by their names: texts, numbers, yes or no; a file by its digests."""

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        """Return the facts as they were sent."""
        if not isinstance(data, dict) or len(data) > _MOST_FACTS:
            raise serializers.ValidationError("not an object", code="invalid")
        return {str(name): self._value(str(name), each) for name, each in data.items()}

    def to_representation(self, value: Any) -> Any:
        """Return the facts as they are told."""
        return value

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(_sound(each) for each in value)
        if isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _sound(value)
        if isinstance(value, int | float) or value is None:
            return str(value) if value is not None else ""
        raise serializers.ValidationError({name: "text, number, yes or no, or a list of digests"})


def _sound(text: str) -> str:
    """Refuse what no database takes: half a character, and the sign without a number."""
    if "\0" in text or any("\ud800" <= each <= "\udfff" for each in text):
        raise serializers.ValidationError("characters that cannot be stored", code="invalid")
    return text
