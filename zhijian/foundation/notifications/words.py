"""A message in words: one line, and the sentence for the person who is told."""

from __future__ import annotations

from collections.abc import Mapping

from zhijian.foundation.wording import say


def name(event: str, language: str) -> str:
    """Return what the event is called in lists."""
    return say(f"notify.{event}.name", {}, language)


def title(event: str, facts: Mapping[str, str], language: str) -> str:
    """Return the message in one line, fit for a group chat and for the subject of a mail."""
    return " ".join(say(f"notify.{event}.title", facts, language).split())


def text(event: str, facts: Mapping[str, str], language: str) -> str:
    """Return the message for the person who is told."""
    return say(f"notify.{event}.text", facts, language)
