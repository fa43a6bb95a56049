"""Is this file what it says it is, and may it come in? Values in, a type or a refusal out."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from zhijian.foundation.refusal import Refusal

_MB = 1024 * 1024
_HEAD = 4096
_UNPACKED_LIMIT_MB = 2048
#: An honest workbook shrinks to a twentieth; a bomb to a thousandth.
_SHRINKS_AT_MOST = 200
_SMALL_ENOUGH_TO_UNPACK = 100 * _MB
_NAME_LENGTH = 150
# fmt: off
_HARMFUL = frozenset({
    "exe", "com", "bat", "cmd", "ps1", "sh", "js", "mjs", "vbs", "jar", "msi", "dll", "scr",
    "lnk", "php", "jsp", "asp", "aspx", "cgi", "py", "pl", "rb", "htm", "html", "xhtml",
    "shtml", "svg", "xml", "hta", "swf",
})
# fmt: on


class FileRefused(Refusal):
    """A file that may not come in."""


@dataclass(frozen=True, slots=True)
class FileType:
    """A permitted type: its media type, how to know it, and how large it may be."""

    media_type: str
    is_it: Callable[[IO[bytes], str], bool]
    limit_mb: int


def _begins(*magics: bytes) -> Callable[[IO[bytes], str], bool]:
    def is_it(content: IO[bytes], name: str) -> bool:
        return content.read(_HEAD).startswith(magics)

    return is_it


def _is_webp(content: IO[bytes], name: str) -> bool:
    head = content.read(12)
    return head[:4] == b"RIFF" and head[8:] == b"WEBP"


def _office(main_part: str) -> Callable[[IO[bytes], str], bool]:
    def is_it(content: IO[bytes], name: str) -> bool:
        if content.read(4) != b"PK\x03\x04":
            return False
        try:
            with zipfile.ZipFile(content) as archive:
                parts = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise FileRefused("files.damaged", name=name) from error
        _check_parts(parts, name)
        return {"[Content_Types].xml", main_part} <= {part.filename for part in parts}

    return is_it


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused("files.has_macros", name=name)
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bomb = unpacked > _SMALL_ENOUGH_TO_UNPACK and unpacked > packed * _SHRINKS_AT_MOST
    if bomb or unpacked > _UNPACKED_LIMIT_MB * _MB:
        raise FileRefused("files.unpacks_too_large", name=name, limit=_UNPACKED_LIMIT_MB)


def _is_text(content: IO[bytes], name: str) -> bool:
    head = content.read(_HEAD)
    if b"\0" in head:
        return False
    # The last character may be cut in two by the end of the look; four bytes are forgiven.
    return any(_decodes(head, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(head: bytes, encoding: str) -> bool:
    for cut in range(4):
        try:
            head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


_OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "jpg": FileType("image/jpeg", _begins(b"\xff\xd8\xff"), 20),
    "jpeg": FileType("image/jpeg", _begins(b"\xff\xd8\xff"), 20),
    "png": FileType("image/png", _begins(b"\x89PNG\r\n\x1a\n"), 20),
    "gif": FileType("image/gif", _begins(b"GIF87a", b"GIF89a"), 20),
    "webp": FileType("image/webp", _is_webp, 20),
    "pdf": FileType("application/pdf", _begins(b"%PDF-"), 50),
    "docx": FileType(f"{_OFFICE}.wordprocessingml.document", _office("word/document.xml"), 50),
    "xlsx": FileType(f"{_OFFICE}.spreadsheetml.sheet", _office("xl/workbook.xml"), 200),
    "csv": FileType("text/csv", _is_text, 200),
    "txt": FileType("text/plain", _is_text, 20),
}


def clean_name(name: str) -> str:
    """Return a file name without folders, control signs and signs that turn writing round."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    path = PurePosixPath(shown or "file")
    room = _NAME_LENGTH - len(path.suffix)
    return f"{path.stem[:room]}{path.suffix}"


def check_file(name: str, size: int, content: IO[bytes]) -> FileType:
    """Return the type of a file with a cleaned ``name``, or refuse it."""
    extensions = [part.lower() for part in name.split(".")[1:]]
    if not extensions or extensions[-1] not in TYPES or _HARMFUL & set(extensions[:-1]):
        raise FileRefused("files.type_not_allowed", name=name)
    found = TYPES[extensions[-1]]
    if size == 0:
        raise FileRefused("files.empty", name=name)
    if size > found.limit_mb * _MB:
        megabytes = f"{size / _MB:.1f}"
        raise FileRefused("files.too_large", name=name, size=megabytes, limit=found.limit_mb)
    content.seek(0)
    if not found.is_it(content, name):
        raise FileRefused("files.content_differs", name=name, extension=extensions[-1])
    content.seek(0)
    return found
