"""What the registries answer about locked packages is taken neither too lightly nor for silence."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "audit.py"


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_of_locks", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def package(name: str, *vulnerabilities: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "version": "1.0", "vulns": list(vulnerabilities)}


def skipped(name: str) -> dict[str, Any]:
    return {"name": name, "skip_reason": f"not found: {name} (1.0)"}


def test_known_packages_without_a_vulnerability_are_clean(audit: ModuleType) -> None:
    verdict = audit.judge_python({"dependencies": [package("one"), package("two")]})

    assert (verdict.code, verdict.lines) == (audit.CLEAN, ())


def test_a_vulnerability_fails_and_is_named(audit: ModuleType) -> None:
    known = {"id": "PYSEC-1", "fix_versions": ["1.1"]}

    verdict = audit.judge_python({"dependencies": [package("one", known), package("two")]})

    assert verdict.code == audit.FOUND
    assert verdict.lines == ("one 1.0: PYSEC-1, mended in 1.1",)


def test_one_package_that_was_skipped_fails(audit: ModuleType) -> None:
    verdict = audit.judge_python({"dependencies": [package("one"), skipped("two")]})

    assert (verdict.code, verdict.lines) == (audit.FOUND, ("not audited: not found: two (1.0)",))


def test_an_index_that_knows_nothing_at_all_did_not_audit(audit: ModuleType) -> None:
    verdict = audit.judge_python({"dependencies": [skipped("one"), skipped("two")]})

    assert verdict.code == audit.NOT_DONE


@pytest.mark.parametrize(
    ("complaint", "code"),
    [
        ("requests.exceptions.ConnectionError: HTTPSConnectionPool(host='x')", "NOT_DONE"),
        ("ERROR:pip_audit._cli:Could not connect to the feed", "NOT_DONE"),
        ("ERROR:pip_audit._cli:requirement 'one' is not pinned", "FOUND"),
        ("", "FOUND"),
    ],
)
def test_a_question_without_answer_is_not_taken_for_clean(
    audit: ModuleType, complaint: str, code: str
) -> None:
    assert audit.judge_silence(complaint).code == getattr(audit, code)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        ({"vulnerabilities": {}}, "CLEAN"),
        ({"vulnerabilities": {"one": {"severity": "high"}}}, "FOUND"),
        ({"message": "405 Method Not Allowed - POST http" + "://x", "error": {}}, "NOT_DONE"),
        ({"error": {"code": "ENOLOCK", "summary": "no lock"}}, "FOUND"),
    ],
)
def test_npm_is_judged_the_same_way(audit: ModuleType, report: dict[str, Any], code: str) -> None:
    assert audit.judge_npm(report).code == getattr(audit, code)


def test_what_was_not_done_is_said_aloud_and_hides_no_finding(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "audit_python", lambda lock: audit.Verdict(audit.FOUND, ("bad",)))
    monkeypatch.setattr(audit, "audit_npm", lambda: audit.Verdict(audit.NOT_DONE, ("nobody",)))

    assert audit.main() == audit.FOUND
    assert "*** package-lock.json was NOT audited: nobody ***" in capsys.readouterr().out


# --- what was not audited is said, and fails where an audit is required ---------------------------


@pytest.mark.parametrize(("required", "code"), [("", 75), ("required", 1), ("optional", 75)])
def test_what_was_not_audited_is_named_and_fails_where_it_is_required(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    required: str,
    code: int,
) -> None:
    monkeypatch.setenv("ZHIJIAN_AUDIT", required)
    nobody = audit.Verdict(audit.NOT_DONE, ("the index does not answer",))
    monkeypatch.setattr(audit, "audit_python", lambda _lock: nobody)
    monkeypatch.setattr(audit, "audit_npm", lambda: nobody)

    assert audit.main() == code

    said = capsys.readouterr().out
    for lock in (*audit.LOCKS, "package-lock.json"):
        assert lock in said.partition("*** NOT AUDITED: ")[2]


def test_an_advisory_fails_although_another_registry_did_not_answer(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ZHIJIAN_AUDIT", raising=False)
    found = audit.Verdict(audit.FOUND, ("one 1.0: PYSEC-1, mended in 1.1",))
    nobody = audit.Verdict(audit.NOT_DONE, ("the registry does not audit",))
    monkeypatch.setattr(audit, "audit_python", lambda _lock: found)
    monkeypatch.setattr(audit, "audit_npm", lambda: nobody)

    assert audit.main() == audit.FOUND

    said = capsys.readouterr().out
    assert "*** NOT AUDITED: package-lock.json ***" in said
    assert "PYSEC-1" in said


def test_an_audit_that_was_done_says_nothing_more(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHIJIAN_AUDIT", "required")
    clean = audit.Verdict(audit.CLEAN, ())
    monkeypatch.setattr(audit, "audit_python", lambda _lock: clean)
    monkeypatch.setattr(audit, "audit_npm", lambda: clean)

    assert audit.main() == audit.CLEAN
    assert "NOT AUDITED" not in capsys.readouterr().out
