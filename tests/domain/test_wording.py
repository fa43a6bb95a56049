"""Every problem, reason and difference that the domain can tell has words in both languages."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhijian.foundation.wording import LANGUAGES, catalogue, placeholders, say

ROOT = Path(__file__).parents[2] / "zhijian"
SOURCES = [*sorted((ROOT / "domain").rglob("*.py")), ROOT / "packs" / "files.py"]
FAMILIES = ("policy", "records", "scoring", "casework", "outcomes", "examples", "parameter",
            "difference")  # fmt: skip
CODE = re.compile(rf"({'|'.join(FAMILIES)})\.[a-z0-9_]+")

# Codes that the source puts together, with the facts that go with them.
THINGS = ("article", "term", "parameter", "kind", "field", "scheme", "line", "plan", "rule",
          "budget", "limit", "outline", "case", "fact", "level", "state", "step", "personal",
          "measure", "ground", "form", "call_back")  # fmt: skip
SHARED = ("field", "line", "rule", "fact", "level", "state", "step", "measure", "ground", "form",
          "call_back")  # fmt: skip
PUT_TOGETHER: dict[str, frozenset[str]] = {
    "policy.bands_gap": frozenset({"left", "right"}),
    "policy.bands_overlap": frozenset({"left", "right"}),
    "policy.bad_id": frozenset({"found"}),
    "policy.bad_version": frozenset({"found"}),
    "policy.leads_outside": frozenset({"path"}),
    "policy.no_plain_file": frozenset({"path"}),
    "policy.not_read": frozenset({"path"}),
    "records.duplicate": frozenset({"field", "found", "other"}),
    "records.in_future": frozenset({"field", "found", "today"}),
    "records.month_not_begun": frozenset({"field", "found", "today"}),
    "records.not_a_month": frozenset({"field", "found"}),
    "records.not_a_date": frozenset({"field", "found"}),
    "records.not_a_flag": frozenset({"field", "found"}),
    "records.not_a_number": frozenset({"field", "found"}),
    "parameter.not_yet": frozenset({"name", "day"}),
    "parameter.repealed": frozenset({"name", "day"}),
    **{
        f"difference.{thing}_{what}": frozenset(
            {"id", "title", "title_en"}
            | ({"of", "of_en"} if thing in SHARED else set())
            | ({"changes"} if what == "changed" else set())
        )
        for thing in THINGS
        for what in ("added", "removed", "changed")
    },
    "difference.measures_reordered": frozenset({"of", "of_en"}),
    "difference.example_added": frozenset({"name"}),
    "difference.example_removed": frozenset({"name"}),
    "difference.example_changed": frozenset({"name"}),
    "difference.grading_added": frozenset({"of", "of_en"}),
    "difference.grading_removed": frozenset({"of", "of_en"}),
    "difference.grading_changed": frozenset({"of", "of_en", "changes"}),
    "difference.value_changed": frozenset(
        {"id", "title", "title_en", "day", "unit", "before", "after"}
    ),
}
SPREAD = frozenset({"id", "title", "title_en", "day", "unit", "of", "of_en", "before", "after"})


def calls() -> Iterator[tuple[str, frozenset[str], bool]]:
    """Yield each code that a call tells outright, its facts, and whether others are spread in."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or ast.unparse(node.func).endswith("_matching"):
                continue
            told = [each.value for each in node.args if isinstance(each, ast.Constant)]
            for code in told:
                if isinstance(code, str) and CODE.fullmatch(code):
                    facts = frozenset(each.arg for each in node.keywords if each.arg)
                    yield code, facts, any(each.arg is None for each in node.keywords)


def written(sources: list[Path]) -> set[str]:
    """Every text of the source that looks like a code."""
    return {
        node.value
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CODE.fullmatch(node.value)
        and not node.value.endswith("_")
    }


def told_everywhere() -> dict[str, frozenset[str]]:
    """Each code with the facts that every place gives it."""
    found: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for code, facts, spreads in calls():
        own = facts | (SPREAD if spreads else frozenset())
        # A row that is checked adds its field and what was found there.
        found[code].append(own | ({"field", "found"} if code.startswith("records.") else set()))
    for code, facts in PUT_TOGETHER.items():
        found.setdefault(code, []).append(facts)
    return {code: frozenset.intersection(*each) for code, each in found.items()}


TOLD = told_everywhere()
WORDED = {code for code in catalogue() if code.split(".")[0] in FAMILIES}
REASONS = {code for code in catalogue() if code.startswith("reason.")}


def test_every_code_of_the_source_is_known() -> None:
    assert written(SOURCES) <= TOLD.keys()


def test_every_code_has_words_and_no_words_are_left_over() -> None:
    assert TOLD.keys() - WORDED == set()
    # The rooms above tell problems of the same families.
    assert WORDED - TOLD.keys() <= written(sorted(ROOT.rglob("*.py")))


@pytest.mark.parametrize("code", sorted(TOLD))
def test_words_ask_only_for_facts_that_are_given(code: str) -> None:
    for language in LANGUAGES:
        asked = placeholders(catalogue()[code][language])

        assert asked <= TOLD[code], language


@pytest.mark.parametrize("code", sorted(TOLD.keys() | REASONS))
def test_words_stand_in_both_languages_and_say_what_to_do(code: str) -> None:
    entry = catalogue()[code]

    assert set(entry) == set(LANGUAGES)
    assert re.search(r"[一-鿿]", entry["zh"])
    assert not re.search(r"[一-鿿]", entry["en"].replace("是 or 否", ""))
    if not code.startswith("difference."):
        # What is wrong, then how to mend it.
        assert re.search(r"[;:,,。]", entry["zh"])
        assert re.search(r"[;,]", entry["en"])


def reasons() -> set[str]:
    """The reasons of steps: by keyword, as the last word of a ``Found``, or returned."""
    found = {"parameter_not_yet", "parameter_repealed"}
    scored = [
        *(ROOT / "domain" / "scoring").glob("*.py"),
        *(ROOT / "domain" / "outcomes").glob("*.py"),
    ]
    for path in sorted(scored):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                spoken = [each.value for each in node.keywords if each.arg == "reason"]
                spoken += node.args[5:6] if ast.unparse(node.func) == "Found" else []
                found |= {word for each in spoken for word in _words(each)}
            if isinstance(node, ast.FunctionDef) and node.name.startswith("_why"):
                found |= {word for each in ast.walk(node) if isinstance(each, ast.Return)
                          for word in _words(each.value)}  # fmt: skip
            if isinstance(node, ast.Assign) and "reason" in ast.unparse(node.targets[0]):
                found |= set(_words(node.value))
    return found - {""}


def _words(node: ast.expr | None) -> Iterator[str]:
    for each in ast.walk(node) if node is not None else ():
        value = each.value if isinstance(each, ast.Constant) else None
        if isinstance(value, str) and re.fullmatch(r"[a-z]+(_[a-z]+)+", value):
            yield value


def test_every_reason_has_words_and_no_words_are_left_over() -> None:
    statuses = {"not_assessed"}

    assert {f"reason.{each}" for each in reasons() - statuses} == REASONS


def test_words_fill_in_the_facts() -> None:
    assert "“分”" in say("records.required", {"field": "分"})
    assert "“points”" in say("records.required", {"field": "points"}, "en")
