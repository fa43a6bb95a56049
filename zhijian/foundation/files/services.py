"""Taking files in. The bytes are stored under their digest, so that equal files lie once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.checking import check_file, clean_name
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.files.queries import FileRef, as_ref

_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Owner:
    """What a file belongs to: the kind decides who may read it, the key says which one."""

    kind: str
    key: str


def store_file(*, upload: File, owner: Owner, uploader: Actor | None) -> FileRef:
    """Check an upload and keep it; refuse what is not of a permitted type and size.

    The bytes come first and the row after them, in the caller's transaction: when that is rolled
    back, bytes nobody names may stay, but never a row without its bytes.
    """
    name = clean_name(upload.name or "")
    found = check_file(name, upload.size, upload)
    return _store(upload, name, found.media_type, owner, uploader)


def store_bytes(*, content: bytes, name: str, owner: Owner, uploader: Actor | None) -> FileRef:
    """Keep a file that the program made, such as a delivered report."""
    return store_file(upload=ContentFile(content, name=name), owner=owner, uploader=uploader)


def store_archive(*, content: bytes, name: str, owner: Owner, uploader: Actor | None) -> FileRef:
    """Keep a compressed archive that the program made; nobody can upload one."""
    upload = ContentFile(content, name=name)
    return _store(upload, clean_name(name), "application/gzip", owner, uploader)


def _store(
    upload: File, name: str, media_type: str, owner: Owner, uploader: Actor | None
) -> FileRef:
    digest = _digest(upload)
    path = _keep(upload, digest, upload.size)
    return _note(
        StoredFile(
            digest=digest,
            path=path,
            name=name,
            size=upload.size,
            media_type=media_type,
            owner_kind=owner.kind,
            owner_key=owner.key,
            uploader_id=uploader.pk if uploader is not None else None,
            at=clock.now(),
        ),
        uploader,
    )


@transaction.atomic
def _note(row: StoredFile, uploader: Actor | None) -> FileRef:
    row.save(force_insert=True)
    record(
        actor=uploader,
        action="files.store",
        subject=Subject("files.file", str(row.pk), row.name),
        after={
            "digest": row.digest,
            "size": row.size,
            "owner": f"{row.owner_kind}:{row.owner_key}",
        },
    )
    return as_ref(row)


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    content.seek(0)
    while chunk := content.read(_CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _keep(content: File, digest: str, size: int) -> str:
    wanted = f"files/{digest[:2]}/{digest}"
    # A process killed while writing leaves a file of another size: then this copy gets a new name.
    if default_storage.exists(wanted) and default_storage.size(wanted) == size:
        return wanted
    return default_storage.save(wanted, content)
