"""The files of a pack as texts: how they are stored, uploaded and edited. Needs no framework."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from zhijian.domain.policy.header import Header, read_header
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.packs.files import Unparsable, parse

HEADER = "pack.yaml"
Contents = Mapping[str, str]
Raws = dict[str, Raw]


def contents_of(folder: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the text of every YAML file below ``folder``, and which files hold no text."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            problems.append(Problem.at(name, "packs.not_utf8", file=name))
    return found, tuple(problems)


def raws_of(contents: Contents) -> tuple[Raws, tuple[Problem, ...]]:
    """Parse every file; what cannot be parsed is left out and told."""
    found: Raws = {}
    problems: list[Problem] = []
    for name in sorted(contents):
        try:
            found[name] = parse(contents[name].encode(), name)
        except Unparsable as error:
            problems.append(error.problem)
    return found, tuple(problems)


def pack_of(contents: Contents) -> Pack | tuple[Problem, ...]:
    """Read the pack, or return everything that is wrong with it."""
    raws, problems = raws_of(contents)
    answer = read_pack(raws)
    if isinstance(answer, Pack):
        return problems or answer
    # A file that could not be parsed is told once: its own problem says more than its absence.
    broken = {_file(each) for each in problems}
    told = (each for each in answer if each.where not in broken)
    return (*problems, *told)


def header_of(contents: Contents) -> Header | tuple[Problem, ...]:
    """Read only the header: enough to know which version of which pack the files are."""
    if HEADER not in contents:
        return (Problem.at(HEADER, "policy.file_missing", path=HEADER),)
    raws, problems = raws_of({HEADER: contents[HEADER]})
    if problems:
        return problems
    reading = Reading()
    header = reading.attempt(lambda: read_header(reading, raws[HEADER]))
    return tuple(reading.problems) or header or ()


def digest_of(contents: Contents) -> str:
    """Return the digest that ``files.digest`` gives the folder with the same files."""
    total = hashlib.sha256()
    for name in sorted(contents, key=PurePosixPath):
        content = hashlib.sha256(contents[name].encode()).hexdigest()
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


def _file(problem: Problem) -> str:
    return problem.where.rpartition(":")[0] or problem.where
