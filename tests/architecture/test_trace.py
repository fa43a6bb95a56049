"""Tests claim only rows that exist."""

from __future__ import annotations

from pathlib import Path

from tests.trace import Claim, claims, rows


def test_every_claim_names_a_row() -> None:
    assert [claim for claim in claims() if claim.row not in rows()] == []


def test_claims_are_read_from_marks_of_tests_modules_and_parameters(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "pytestmark = pytest.mark.req('SYS-01')\n"
        "CASE = pytest.param(1, marks=[pytest.mark.req('SYS-02', 'SYS-03')])\n"
        "@pytest.mark.req(name)\n"
        "def test_it(): ...\n",
        encoding="utf-8",
    )

    assert sorted(claims(tmp_path, tmp_path), key=str) == [
        Claim("SYS-01", "test_it.py:1"),
        Claim("SYS-02", "test_it.py:2"),
        Claim("SYS-03", "test_it.py:2"),
        Claim(None, "test_it.py:3"),
    ]


def test_claims_are_read_from_examples_of_packs(tmp_path: Path) -> None:
    folder = tmp_path / "packs/hall/examples"
    folder.mkdir(parents=True)
    (folder / "points.yaml").write_text(
        "- {name: 满分, req: [ASM-10, EX-1, AMB-2]}\n- {name: 零分}\n", encoding="utf-8"
    )

    assert claims(tmp_path / "tests", tmp_path / "packs") == [
        Claim("ASM-10", "packs/hall/examples/points.yaml: 满分")
    ]
