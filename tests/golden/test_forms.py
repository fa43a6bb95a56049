"""Forms of all regulations together: numbers cannot be mistaken, and every paper can be printed."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from zhijian.domain.casework.kind import CaseKind, Form
from zhijian.domain.casework.paper import PaperRule
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.files import load_pack
from zhijian.papers.printing import render

PACKS = Path(__file__).parents[2] / "packs"
LONG = "检查时发现值班人员离岗，业主等候约二十分钟，现场已安排人员补岗并向业主说明。" * 2


def kinds() -> list[tuple[Pack, CaseKind]]:
    folders = sorted({path.parents[1] for path in PACKS.glob("*/cases/*.yaml")})
    packs = [pack for pack in map(load_pack, folders) if isinstance(pack, Pack)]
    return [(pack, kind) for pack in packs for kind in pack.cases.values()]


KINDS = kinds()
PAPERS = [
    pytest.param(pack, kind, form, form.paper, id=f"{pack.id}-{kind.id}-{form.id}")
    for pack, kind in KINDS
    for form in kind.forms.values()
    if form.paper
]


@pytest.mark.req("SYS-05")
def test_no_two_papers_of_all_regulations_share_a_prefix() -> None:
    of_papers = Counter(each.values[3].prefix for each in PAPERS)  # type: ignore[union-attr]
    of_cases = {kind.prefix for _pack, kind in KINDS}

    assert [prefix for prefix, count in of_papers.items() if count > 1] == []
    assert of_papers.keys() & of_cases == set()


@pytest.mark.parametrize(("pack", "kind", "form", "rule"), PAPERS)
def test_every_paper_can_be_printed_and_fills_a_page_or_two(
    pack: Pack, kind: CaseKind, form: Form, rule: PaperRule
) -> None:
    content = render(filled(pack, kind, form, rule))

    assert 1 <= len(PdfReader(io.BytesIO(content)).pages) <= 2


def filled(pack: Pack, kind: CaseKind, form: Form, rule: PaperRule) -> dict[str, object]:
    """A paper with something in every cell."""
    return {
        "title": form.title.zh,
        "form_number": form.number,
        "cites": form.cites,
        "pack": {"title": pack.header.title.zh, "version": pack.header.version},
        "case": f"{kind.prefix}2026-0001",
        "to": [each.title.zh for each in rule.to],
        "reply": "2026年7月21日" if rule.reply_clock or rule.reply_fact else "",
        "replaces": "",
        "parts": [
            {
                "title": part.title.zh,
                "cells": [
                    {
                        "title": cell.title.zh,
                        "text": LONG if cell.lines > 1 else "市场经营部" if cell.name else "",
                        "lines": cell.lines,
                    }
                    for cell in part.cells
                ],
                "signatures": [
                    {"title": each.title.zh, "name": "王小明" if each.steps else "",
                     "day": "2026年7月14日" if each.steps else ""}
                    for each in part.signatures
                ],
            }
            for part in rule.parts
        ],
        "issuer": "示例公司",
        "number": f"{rule.prefix}2026-0001",
        "code": "ABCD-EFGH-JKLM",
        "day": "2026年7月14日",
        "verify": "https://zhijian.example/papers/verify/?number=X2026-0001&code=ABCD-EFGH-JKLM",
        "content_digest": "0" * 64,
    }  # fmt: skip
