"""The file as a package of parts: what it may hold, and which sheets it has.

Everything here happens before a cell is read. A workbook that could run something, fetch
something or swell to many times its size is refused as a whole.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree  # nosec B405 - a DTD is refused first

from zhijian.domain.problems import Problem

LARGEST = 300_000_000
LARGEST_UNPACKED = 1_500_000_000
_MOST_PARTS = 2_000
_LARGEST_SMALL_PART = 100_000_000
_RATIO = 200
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Small enough to stay in the cache of the processor while it is searched.
_CHUNK = 64 << 10
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORBIDDEN = (
    ("workbook.macros", re.compile(r"vbaProject|/macrosheets/|vbaData", re.IGNORECASE)),
    ("workbook.external_link", re.compile(r"/externalLinks/|/connections\.xml|/queryTables/")),
    ("workbook.embedded", re.compile(r"/embeddings/|/activeX/|/ctrlProps/")),
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError)


class Refused(Exception):
    """The whole file is refused; ``problems`` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(each.code for each in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet: its name, where its XML lies, and whether people can see it."""

    name: str
    path: str
    hidden: bool
    place: int


class Package:
    """An opened workbook whose parts may be read."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self._check_shell()
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise Refused(Problem.at("", "workbook.damaged", why=error)) from error
        self._check_parts()
        self.sheets = self._sheets()
        self.names = self._names()

    def _check_shell(self) -> None:
        if len(self.content) > LARGEST:
            raise Refused(_large("workbook.too_large", len(self.content), LARGEST))
        if self.content.startswith(_OLD_FORMAT):
            locked = _ENCRYPTED in self.content
            raise Refused(Problem.at("", "workbook.encrypted" if locked else "workbook.old_format"))
        if not self.content.startswith(b"PK"):
            raise Refused(Problem.at("", "workbook.not_a_workbook"))

    def _check_parts(self) -> None:
        parts = self.zip.infolist()
        if len(parts) > _MOST_PARTS:
            raise Refused(
                Problem.at("", "workbook.too_many_parts", found=len(parts), limit=_MOST_PARTS)
            )
        for code, pattern in _FORBIDDEN:
            found = next((each.filename for each in parts if pattern.search(each.filename)), "")
            if found:
                raise Refused(Problem.at("", code, found=found))
        if any(each.flag_bits & 1 for each in parts):
            raise Refused(Problem.at("", "workbook.encrypted"))
        self._check_sizes(parts)
        if "[Content_Types].xml" not in self.zip.namelist():
            raise Refused(Problem.at("", "workbook.not_a_workbook"))
        if b"macroEnabled" in self.part("[Content_Types].xml"):
            raise Refused(Problem.at("", "workbook.macros", found="[Content_Types].xml"))

    def _check_sizes(self, parts: list[zipfile.ZipInfo]) -> None:
        total = sum(each.file_size for each in parts)
        if total > LARGEST_UNPACKED:
            raise Refused(_large("workbook.swells", total, LARGEST_UNPACKED))
        for each in parts:
            swollen = each.file_size > _RATIO * max(each.compress_size, 1)
            if each.file_size > _LARGEST_SMALL_PART and swollen:
                raise Refused(_large("workbook.swells", each.file_size, _LARGEST_SMALL_PART))

    def part(self, path: str) -> bytes:
        """Return one part as a whole; a part that is not there is empty."""
        return b"".join(self.chunks(path)) if path in self.zip.NameToInfo else b""

    def chunks(self, path: str) -> Iterator[bytes]:
        """Yield a part piece by piece; sizes that the package lied about are found here."""
        try:
            with self.zip.open(path) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except _DAMAGED as error:
            raise Refused(Problem.at(path, "workbook.damaged", why=error)) from error

    def tree(self, path: str) -> ElementTree.Element:
        """Return a small part as a tree; declarations of entities are refused."""
        content = self.part(path)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise Refused(Problem.at(path, "workbook.damaged", why="DOCTYPE"))
        try:
            return ElementTree.fromstring(content)  # no DTD gets this far  # nosec B314
        except ElementTree.ParseError as error:
            raise Refused(Problem.at(path, "workbook.damaged", why=error)) from error

    def _sheets(self) -> tuple[SheetPart, ...]:
        if "xl/workbook.xml" not in self.zip.NameToInfo:
            raise Refused(Problem.at("", "workbook.not_a_workbook"))
        self.book = self.tree("xl/workbook.xml")
        targets = {
            each.get("Id", ""): _path(each.get("Target", ""))
            for each in self.tree("xl/_rels/workbook.xml.rels")
        }
        found = self.book.findall(f"{_MAIN}sheets/{_MAIN}sheet")
        return tuple(
            SheetPart(
                each.get("name", ""),
                targets.get(each.get(f"{_RELATED}id", ""), ""),
                each.get("state", "visible") != "visible",
                place,
            )
            for place, each in enumerate(found)
        )

    def _names(self) -> Mapping[str, str]:
        found = self.book.findall(f"{_MAIN}definedNames/{_MAIN}definedName")
        return {each.get("name", ""): (each.text or "").strip() for each in found}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _large(code: str, found: int, limit: int) -> Problem:
    return Problem.at("", code, found=f"{found:,}", limit=f"{limit:,}")
