"""A pack as a .zip: written so that equal files give equal bytes, read as if from a stranger."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import PurePosixPath

from zhijian.domain.problems import Problem
from zhijian.packs.contents import HEADER, Contents

LARGEST_ARCHIVE = 5_000_000
_MOST_FILES = 400
_LARGEST_FILE = 2_000_000
_LARGEST_TOTAL = 20_000_000
_ENCRYPTED = 0x1
_EPOCH = (1980, 1, 1, 0, 0, 0)


class ArchiveRefused(Exception):
    """An archive that is not unpacked; ``problem`` says why and where."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def zipped(contents: Contents, folder: str) -> bytes:
    """Return the files in an archive below one folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(f"{folder}/{name}", _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, contents[name].encode())
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, str]:
    """Return the YAML files of an archive; nothing is written to disk on the way.

    Anything else than YAML, a path that leaves the archive, a link, a repeated name and anything
    that unpacks to more than it should are refused. One folder around everything is taken off.
    """
    if len(content) > LARGEST_ARCHIVE:
        raise _refused("", "packs.archive_too_large", limit=LARGEST_ARCHIVE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _files(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise _refused("", "packs.archive_broken") from error


def _files(archive: zipfile.ZipFile) -> dict[str, str]:
    entries = [each for each in archive.infolist() if not each.is_dir()]
    if len(entries) > _MOST_FILES:
        raise _refused("", "packs.archive_too_many", limit=_MOST_FILES)
    found: dict[str, str] = {}
    left = _LARGEST_TOTAL
    for entry in entries:
        _check_entry(entry, found)
        content = _unpacked(archive, entry, min(left, _LARGEST_FILE))
        left -= len(content)
        found[entry.filename] = _text(content, entry.filename)
    if not found:
        raise _refused("", "packs.archive_empty")
    return _without_folder(found)


def _check_entry(entry: zipfile.ZipInfo, found: Contents) -> None:
    name = entry.filename
    path = PurePosixPath(name)
    outside = path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name
    link = stat.S_ISLNK(entry.external_attr >> 16)
    if outside or link or entry.flag_bits & _ENCRYPTED:
        raise _refused(name, "packs.archive_unsafe", name=name)
    if path.suffix != ".yaml":
        raise _refused(name, "packs.archive_not_yaml", name=name)
    if name in found:
        raise _refused(name, "packs.archive_twice", name=name)


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    # The size that the archive tells is not believed: one byte more than allowed is asked for.
    with archive.open(entry) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise _refused(entry.filename, "packs.archive_too_large", limit=most)
    return content


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(name, "packs.not_utf8", file=name) from error


def _without_folder(found: Contents) -> dict[str, str]:
    folders = {name.partition("/")[0] for name in found}
    if HEADER in found or len(folders) != 1:
        return dict(found)
    return {name.partition("/")[2]: text for name, text in found.items() if "/" in name}


def _refused(where: str, code: str, **facts: object) -> ArchiveRefused:
    return ArchiveRefused(Problem.at(where or "zip", code, **facts))
