"""What a command line names: packs, files, periods → the things themselves, or problems."""

from __future__ import annotations

from pathlib import Path

from zhijian.domain.dates.period import Period
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.files import digest, load_pack
from zhijian.packs.folders import find_folder


class Unusable(Exception):
    """The command cannot go on: ``problems`` says why, ``misused`` that the question was wrong."""

    def __init__(self, *problems: Problem, misused: bool = True) -> None:
        super().__init__(", ".join(each.code for each in problems))
        self.problems = problems
        self.misused = misused


def open_pack(name: str) -> tuple[Pack, str]:
    """Return a pack that reads well, and its digest."""
    folder = find_folder(name)
    if isinstance(folder, Problem):
        raise Unusable(folder)
    pack = load_pack(folder)
    if not isinstance(pack, Pack):
        raise Unusable(*pack, misused=False)
    return pack, digest(folder)


def open_file(path: Path) -> bytes:
    """Return the bytes of a file that a person named."""
    if not path.is_file():
        raise Unusable(Problem.at(str(path), "workbook.not_found", found=path))
    return path.read_bytes()


def open_period(text: str) -> Period:
    """Return the period that a text means."""
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Unusable(Problem.at("--period", "records.bad_period", found=text)) from error
