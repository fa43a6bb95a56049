"""The field of a form that takes files."""

from __future__ import annotations

from typing import Any

from django import forms


class ManyFiles(forms.ClearableFileInput):
    """An input for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; whether they are permitted is for the file store to say."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files as a list."""
        return [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
