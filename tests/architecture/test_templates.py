"""Templates fit the Content-Security-Policy, use known icons and hold no untranslated Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import engines
from django.template.base import TextNode

from tests.architecture.messages import PROGRAM, ROOT, templates

FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son\w+\s*=", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "evaluated by HTMX": re.compile(r"\bhx-on\b|hx-vals=['\"]js:|hx-trigger=['\"][^'\"]*\["),
    "foreign address": re.compile(r"(?:src|href)=['\"](?:https?:)?//"),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# The mark of the site, and languages that are named in themselves.
SAID_IN_CHINESE = {"鉴", "中文"}
ICON_TAG = re.compile(r"""{%\s*icon\s+["']([\w-]+)["']""")
ICON_ARGUMENT = re.compile(r"""\bicon=["']([\w-]+)["']""")


@pytest.mark.parametrize("reason", FORBIDDEN)
def test_no_template_holds_what_the_policy_refuses(reason: str) -> None:
    found = [_name(path) for path in templates() if FORBIDDEN[reason].search(_text(path))]

    assert found == []


def test_every_chinese_word_in_a_template_is_marked_for_translation() -> None:
    unmarked = {
        _name(path): words
        for path in templates()
        if (words := sorted(set(_chinese_in(path)) - SAID_IN_CHINESE))
    }

    assert unmarked == {}


def test_every_icon_is_in_the_sprite() -> None:
    sprite = set((ROOT / "assets/icons.txt").read_text(encoding="utf-8").split("\n"))
    used = {
        name
        for path in (*templates(), *PROGRAM.rglob("*.py"))
        for name in (*ICON_TAG.findall(_text(path)), *ICON_ARGUMENT.findall(_text(path)))
    }

    assert used - sprite == set()


def _chinese_in(path: Path) -> Iterator[str]:
    compiled = engines["django"].from_string(_text(path)).template
    for node in compiled.nodelist.get_nodes_by_type(TextNode):
        yield from CHINESE.findall(node.s)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
