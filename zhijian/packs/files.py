"""The folder of a pack → raw values that know their file and line. Needs no framework."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import yaml
from yaml.composer import Composer

from zhijian.domain.policy.raw import Raw, Scalar, Unquoted
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack

_LARGEST = 2_000_000
_DEEPEST = 30
_LONGEST = 40
_HEADER = "pack.yaml"


class Unparsable(Exception):
    """A file is not the YAML that packs are written in; ``problem`` names the place."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class _Tagged(Exception):
    """A value carries a tag such as ``!!str``; ``mark`` is where."""

    def __init__(self, event: yaml.NodeEvent) -> None:
        super().__init__(event.tag)
        self.tag = event.tag
        self.line = event.start_mark.line + 1


class _Rules:
    """What packs allow less of than YAML: no tags, and no flags but ``true`` and ``false``."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose one value, but none with a tag: packs know no types other than their own."""
        event = self.peek_event()  # type: ignore[attr-defined]
        if getattr(event, "tag", None):
            raise _Tagged(event)
        return super().compose_node(parent, index)  # type: ignore[misc]


class _Careful(_Rules, yaml.SafeLoader):
    """Slow, but its words say what was found where something else was expected."""


class _Quick(_Rules, Composer, yaml.CSafeLoader):
    """The scanner in C below the same rules: five times as quick on what is sound."""

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)


def read_folder(folder: Path) -> tuple[dict[str, Raw], tuple[Problem, ...]]:
    """Return every YAML file below ``folder`` by its path there, and what could not be parsed."""
    found: dict[str, Raw] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        odd = _odd(path, folder)
        if odd:
            problems.append(Problem.at(name, odd, path=name))
        elif path.suffix == ".yaml" and path.is_file():
            try:
                found[name] = parse(path.read_bytes(), name)
            except Unparsable as error:
                problems.append(error.problem)
    return found, tuple(problems)


def _odd(path: Path, folder: Path) -> str:
    """Name what speaks against reading a path at all: where it leads, what it is, its name."""
    is_inside = path.resolve().is_relative_to(folder.resolve())
    if path.is_symlink() and not (is_inside and path.is_file()):
        return "policy.leads_outside"
    if not path.is_file() and not path.is_dir():
        return "policy.no_plain_file"
    return "policy.not_read" if path.is_file() and _is_mistaken(path) else ""


def _is_mistaken(path: Path) -> bool:
    """Tell whether a file looks like a part of the pack, but is called so that it is not read."""
    name = path.name.lower()
    return path.suffix != ".yaml" and (".yaml" in name or ".yml" in name or name.endswith(".json"))


def parse(content: bytes, name: str) -> Raw:
    """Parse one file; ``name`` is how its problems will call it."""
    if len(content) > _LARGEST:
        raise Unparsable(Problem.at(name, "policy.file_too_large", limit=_LARGEST))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unparsable(Problem.at(name, "policy.not_utf8", byte=error.start + 1)) from error
    node = _composed(text, name)
    if node is None:
        raise Unparsable(Problem.at(f"{name}:1", "policy.file_empty"))
    return _raw(node, name, 0, set())


def _composed(text: str, name: str) -> yaml.Node | None:
    try:
        try:
            return _node(_Quick, text)
        except yaml.YAMLError:
            return _node(_Careful, text)
    except RecursionError as error:
        raise Unparsable(Problem.at(f"{name}:1", "policy.too_deep", limit=_DEEPEST)) from error
    except _Tagged as error:
        place = f"{name}:{error.line}"
        raise Unparsable(Problem.at(place, "policy.tag", found=error.tag)) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        place = f"{name}:{line}"
        raise Unparsable(Problem.at(place, "policy.not_yaml", why=error.problem)) from error
    except yaml.YAMLError as error:
        raise Unparsable(Problem.at(f"{name}:1", "policy.not_yaml", why=error)) from error


def _node(reader: type[_Quick | _Careful], text: str) -> yaml.Node | None:
    loader = reader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _raw(node: yaml.Node, name: str, depth: int, seen: set[int]) -> Raw:
    line = node.start_mark.line + 1
    if depth > _DEEPEST:
        raise Unparsable(Problem.at(f"{name}:{line}", "policy.too_deep", limit=_DEEPEST))
    if id(node) in seen:
        raise Unparsable(Problem.at(f"{name}:{line}", "policy.alias"))
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return Raw(_mapping(node, name, depth, seen), name, line)
    if isinstance(node, yaml.SequenceNode):
        return Raw(tuple(_raw(each, name, depth + 1, seen) for each in node.value), name, line)
    return Raw(_scalar(node, f"{name}:{line}"), name, line)


def _mapping(node: yaml.MappingNode, name: str, depth: int, seen: set[int]) -> dict[str, Raw]:
    found: dict[str, Raw] = {}
    for key, value in node.value:
        place = f"{name}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            raise Unparsable(Problem.at(place, "policy.key_not_a_word"))
        if key.value in found:
            raise Unparsable(Problem.at(place, "policy.key_twice", key=key.value))
        found[key.value] = _raw(value, name, depth + 1, seen)
    return found


def _scalar(node: yaml.ScalarNode, place: str) -> Scalar:
    text = node.value
    if node.style in ("'", '"', "|", ">"):
        return str(text)
    kind = node.tag.rpartition(":")[2]
    if kind == "null":
        return None
    if kind == "float":
        return Unquoted(text)
    if kind == "int":
        # A number in another base or with a thousand digits is no number of a regulation.
        is_plain = text.removeprefix("-").isdigit() and len(text) <= _LONGEST
        return int(text) if is_plain else str(text)
    if kind == "timestamp":
        return _day(text, place)
    return {"true": True, "false": False}.get(text, str(text))


def _day(text: str, place: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Unparsable(Problem.at(place, "policy.not_a_date", found=text)) from error


def load_pack(folder: Path) -> Pack | tuple[Problem, ...]:
    """Read a pack from its folder, or return everything that is wrong with it."""
    # A folder without it may be anything, and as large: it is not walked.
    if not (folder / _HEADER).is_file():
        return (Problem.at(str(folder), "policy.folder_empty"),)
    files, problems = read_folder(folder)
    answer = read_pack(files, {each.where.partition(":")[0] for each in problems})
    if isinstance(answer, Pack):
        return problems or answer
    return (*problems, *answer)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.yaml") if path.is_file())


def digest(folder: Path) -> str:
    """Return the SHA-256 over the names and contents of all files of the pack, as hex."""
    total = hashlib.sha256()
    for path in _files(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return total.hexdigest()
