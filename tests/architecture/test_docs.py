"""Every link between documents leads somewhere, and every decision record has the same shape."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.test_files import ROOT, tracked

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)")
DECISION = re.compile(r"\d{4}-[a-z0-9-]+\.md")
PARTS = ("## Context", "## Decision", "## Consequences", "## Alternatives")
STATUS = re.compile(r"^Status: (accepted|superseded by \d{4})$", re.MULTILINE)


def documents() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".md"]


def test_every_link_leads_to_a_file() -> None:
    broken = {
        f"{document.relative_to(ROOT).as_posix()} → {target}"
        for document in documents()
        for target in LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    }

    assert broken == set()


def test_decision_records_have_one_shape_and_a_number_of_their_own() -> None:
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in records}

    assert [name for name in texts if not DECISION.fullmatch(name)] == []
    assert len({name[:4] for name in texts}) == len(texts)
    assert [name for name, text in texts.items() if not STATUS.search(text)] == []
    assert [name for name, text in texts.items() if any(part not in text for part in PARTS)] == []
