"""Which requirement rows are proved by a test: ``make trace``.

A test names what it proves with ``@pytest.mark.req("ASM-10")``, an example of a pack with the key
``req``. Both are read without running anything; a name that is not a row of ``requirements.csv`` is
a fault. Examples also carry the numbers of worked examples and of open questions of their sources.
"""

from __future__ import annotations

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

TESTS = Path(__file__).parent
ROWS = TESTS / "requirements.csv"
PACKS = TESTS.parent / "packs"
# It marks each example with what the example itself says it proves.
RUNNER_OF_EXAMPLES = "golden/test_examples.py"
NOT_ROWS = ("EX-", "AMB-")


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """A test says that it proves a row; ``row`` is ``None`` when it cannot be read."""

    row: str | None
    where: str


def rows() -> dict[str, str]:
    """Return the text of every row by its id."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return {line["id"]: line["text"] for line in csv.DictReader(file)}


def claims(tests: Path = TESTS, packs: Path = PACKS) -> list[Claim]:
    """Return every claim of the suite."""
    modules = sorted(tests.rglob("test_*.py"))
    examples = sorted(packs.glob("*/examples/*.yaml"))
    return [
        *(claim for path in modules for claim in _claims_in(path, tests)),
        *(claim for path in examples for claim in _claims_of_examples(path, packs)),
    ]


def _claims_in(path: Path, folder: Path) -> Iterator[Claim]:
    if path.relative_to(folder).as_posix() == RUNNER_OF_EXAMPLES:
        return
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_mark(node.func):
            where = f"{path.relative_to(folder)}:{node.lineno}"
            for argument in node.args:
                is_text = isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                yield Claim(argument.value if is_text else None, where)


def _claims_of_examples(path: Path, folder: Path) -> Iterator[Claim]:
    for example in yaml.safe_load(path.read_text(encoding="utf-8")) or ():
        for row in example.get("req", ()):
            if not row.startswith(NOT_ROWS):
                name = example["name"]
                told = name["zh"] if isinstance(name, dict) else name
                yield Claim(row, f"{path.relative_to(folder.parent)}: {told}")


def _is_mark(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "req"
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "mark"
    )


def main() -> int:
    """Print the proved rows, the faults, and as the last line how many rows are proved."""
    known = rows()
    proofs: defaultdict[str, list[str]] = defaultdict(list)
    faults = []
    for claim in claims():
        if claim.row in known:
            proofs[claim.row].append(claim.where)
        else:
            faults.append(f"{claim.where}: no such row: {claim.row or 'not a plain string'}")
    for row in known:
        if row in proofs:
            print(f"{row}  {known[row]}  [{', '.join(proofs[row])}]")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(proofs)} of {len(known)} rows proved", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
