"""What ``packs/README.md`` says is true: its tutorial, its steps, its codes are run or compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.regulation.examples import run_examples
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import FOLDERS, read_pack
from zhijian.domain.scoring.line import VOCABULARY
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import parse, read_folder

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
README = (ROOT / "packs" / "README.md").read_text(encoding="utf-8")
TUTORIAL = HERE / "tutorial_pack"
CASES = HERE / "case_pack"
WORDS = HERE / "vocabulary_pack"
CIRCUMSTANCES = ("attributes", "past", "parameters")
GRADE = {
    "of": "total",
    "bands": [{"below": "60", "is": "不合格"}, {"at_least": "60", "is": "合格"}],
}
RECORDS = {"mark": {"on": "2024-02-01", "rank": "职工", "level": "一般"}, "average": {}}


def steps() -> Iterator[object]:
    """Every worked example of a step: its YAML, what goes in, what comes out."""
    for block in re.findall(r"```yaml step\n(.*?)```", README, re.DOTALL):
        lines = block.splitlines()
        step = "\n".join(line for line in lines if not line.startswith("# "))
        for line in lines:
            if line.startswith("# "):
                given, _, result = line.removeprefix("# ").partition(" → ")
                yield pytest.param(step, given, result, id=f"{step} | {given}")


def files_for(step: str, given: dict[str, object], result: str) -> dict[str, bytes]:
    """The sample pack with the step as its last line and the worked example as its only one."""
    content = yaml.load(step, Loader=yaml.BaseLoader)
    inputs = [name for name in given if name not in (*RECORDS, *CIRCUMSTANCES)]
    lines = [{"id": name, "title": name, "value": "0"} for name in inputs]
    total = {"id": "total", "title": "Total", "value": "0"}
    scheme = {
        "id": "sample",
        "title": "Sample",
        "subject": "Unit",
        "periods": ["quarter"],
        "lines": [*lines, total, {"id": "x", "title": "X", **content}],
        "score": "x",
        "grade": GRADE,
    }
    values = {name: given[name] for name in inputs if given[name] != "none"}
    asked: dict[str, object] = {"period": "2024Q1"}
    asked |= {name: given[name] for name in CIRCUMSTANCES if name in given}
    asked |= {"lines": values} if values else {}
    records = {kind: [{**RECORDS[kind], **row} for row in given.get(kind, ())] for kind in RECORDS}
    asked["records"] = {kind: rows for kind, rows in records.items() if rows}
    example = {"name": "x", "ask": "assess", "given": asked, "expect": {"lines": {"x": result}}}
    return {"scoring/sample.yaml": dump(scheme), "examples/sample.yaml": dump([example])}


def dump(value: object) -> bytes:
    """Write everything quoted, but days and flags as what they are."""
    text = yaml.dump(value, allow_unicode=True, default_style='"', sort_keys=False)
    return re.sub(r'"(\d{4}-\d\d-\d\d|true|false)"', r"\1", text).encode()


def without_value(files: dict[str, bytes], names: list[str]) -> dict[str, bytes]:
    """Lines that are given as “none” measure records that do not exist."""
    text = files["scoring/sample.yaml"].decode()
    for name in names:
        gone = f'"title": "{name}"\n  "value": "0"'
        assert gone in text
        text = text.replace(gone, f'"title": "{name}"\n  "mean": "mark.score"')
    return {**files, "scoring/sample.yaml": text.encode()}


def rules() -> Iterator[object]:
    """Every worked example of a rule: its YAML, what is typed, what is expected."""
    for block in re.findall(r"```yaml rule\n(.*?)```", README, re.DOTALL):
        rule, *lines = block.splitlines()
        for line in lines:
            given, _, expected = line.removeprefix("# ").partition(" → ")
            yield pytest.param(rule, given, expected, id=f"{rule} | {given}")


@pytest.mark.parametrize(("rule", "given", "expected"), list(rules()))
def test_worked_example_of_a_rule(rule, given, expected, calendar):
    given, expected = (
        yaml.load(f"{{{text}}}", Loader=yaml.BaseLoader) for text in (given, expected)
    )
    files = files_for("value: total", {}, "90")
    asked = {"period": "2024Q1", "lines": {"total": "90"}, **given}
    example = {"name": "x", "ask": "assess", "given": asked, "expect": expected}
    plan = {"id": "sample", "title": "Sample", "rules": [yaml.load(rule, Loader=yaml.BaseLoader)]}
    files |= {"examples/sample.yaml": dump([example]), "outcomes/sample.yaml": dump(plan)}
    raw, _ = read_folder(WORDS)
    raw |= {path: parse(content, path) for path, content in files.items()}

    pack = read_pack(raw)

    assert isinstance(pack, Pack), [(each.where, each.code, each.facts) for each in pack]
    (verdict,) = run_examples(pack, calendar)
    assert verdict.is_green, verdict.problems


@pytest.fixture(scope="module")
def calendar() -> WorkingCalendar:
    return load_calendar(ROOT / "packs" / "calendar-cn")


@pytest.mark.parametrize(("step", "given", "result"), list(steps()))
def test_worked_example_of_a_step(step, given, result, calendar):
    inputs = yaml.load(f"{{{given}}}", Loader=yaml.BaseLoader)
    files = files_for(step, inputs, result)
    files = without_value(files, [name for name in inputs if inputs[name] == "none"])
    raw, problems = read_folder(WORDS)
    assert not problems
    raw |= {path: parse(content, path) for path, content in files.items()}

    pack = read_pack(raw)

    assert isinstance(pack, Pack), [(each.where, each.code, each.facts) for each in pack]
    (verdict,) = run_examples(pack, calendar)
    assert verdict.is_green, verdict.problems


def test_every_step_of_the_vocabulary_has_a_worked_example():
    shown = " ".join(re.findall(r"```yaml step\n(.*?)```", README, re.DOTALL))

    assert {name for name in VOCABULARY if f"{name}:" not in shown} == set()


@pytest.mark.parametrize(
    ("folder", "path"),
    [(folder, path) for folder in (TUTORIAL, CASES) for path in sorted(folder.rglob("*.yaml"))],
    ids=lambda path: path.name,
)
def test_tutorial_is_quoted_as_it_is_tested(folder, path):
    name = path.relative_to(folder).as_posix()
    content = path.read_text(encoding="utf-8")

    assert f"`{name}`\n\n```yaml\n{content}```" in README


def test_every_folder_and_code_is_listed():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "zhijian" / "domain").rglob("*.py")
    )
    codes = set(
        re.findall(r'"((?:policy|scoring|casework|records|outcomes|examples)\.[a-z_]+)"', source)
    )

    assert {name for name in FOLDERS if f"`{name}/*.yaml`" not in README} == set()
    assert {code for code in codes if f"`{code}`" not in README} == set()
