"""Files stay small, speak only of the project, and leave nothing unfinished."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 400
VAGUE_NAMES = {"utils", "helpers", "common", "misc"}
# Put together here, so that this file does not find itself.
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "raise Not" + "ImplementedError")))
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|tmp/bash)\b/")
REGISTRY = re.compile(
    r"(?:registry\.npmjs\.org|pypi\.org/simple|files\.pythonhosted\.org|index-url)"
)
TEXT = {".py", ".html", ".js", ".mjs", ".css", ".sh", ".md", ".toml", ".yaml", ".json", ".lock"}


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def texts() -> list[tuple[str, str]]:
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in tracked()
        if path.suffix in TEXT and path != Path(__file__)
    ]


def test_no_python_file_is_too_full() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py" and "migrations" not in path.parts
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_every_module_has_a_name_that_says_something() -> None:
    assert [path.name for path in tracked() if path.stem in VAGUE_NAMES] == []


def test_nothing_is_left_unfinished() -> None:
    assert [name for name, text in texts() if UNFINISHED.search(text)] == []


def test_no_file_names_a_path_of_a_machine() -> None:
    assert [name for name, text in texts() if MACHINE_PATH.search(text)] == []


def test_no_file_names_a_package_registry() -> None:
    assert [name for name, text in texts() if REGISTRY.search(text)] == []
