"""Reading files and who may do so. The app that owns a kind of file decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.core.files.storage import default_storage

from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.files.owners import reader_of, register_owner

__all__ = [
    "FileRef",
    "as_ref",
    "file",
    "file_for",
    "files_of",
    "files_of_each",
    "is_intact",
    "open_file",
    "register_owner",
]

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file as other apps may know it."""

    id: int
    digest: str
    name: str
    size: int
    media_type: str
    owner_kind: str
    owner_key: str
    uploader_id: int | None
    at: datetime


def file_for(user: Any, file_id: int) -> FileRef | None:
    """Return a file if ``user`` may read it. A kind nobody registered is read by nobody."""
    found = file(file_id)
    if found is None:
        return None
    decide = reader_of(found.owner_kind)
    return found if decide is not None and decide(user, found) else None


def file(file_id: int) -> FileRef | None:
    """Return a file, whoever may read it."""
    row = StoredFile.objects.filter(pk=file_id).first()
    return as_ref(row) if row else None


def files_of(kind: str, key: str) -> list[FileRef]:
    """Return the files of one owner, oldest first."""
    return files_of_each(kind, [key])[key]


def files_of_each(kind: str, keys: Iterable[str]) -> dict[str, list[FileRef]]:
    """Return the files of several owners of one kind by their keys, oldest first."""
    found: dict[str, list[FileRef]] = {key: [] for key in keys}
    for row in StoredFile.objects.filter(owner_kind=kind, owner_key__in=found).order_by("pk"):
        found[row.owner_key].append(as_ref(row))
    return found


def open_file(file_id: int) -> IO[bytes]:
    """Open the bytes of a file for reading."""
    return default_storage.open(StoredFile.objects.get(pk=file_id).path)


def is_intact(file_id: int) -> bool:
    """Tell whether the stored bytes still have the digest they came with."""
    row = StoredFile.objects.get(pk=file_id)
    digest = hashlib.sha256()
    with default_storage.open(row.path) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest() == row.digest


def as_ref(row: StoredFile) -> FileRef:
    """Return a row as a value."""
    return FileRef(
        row.pk,
        row.digest,
        row.name,
        row.size,
        row.media_type,
        row.owner_kind,
        row.owner_key,
        row.uploader_id,
        row.at,
    )
