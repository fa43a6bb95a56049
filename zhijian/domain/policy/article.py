"""The articles of a regulation and how far the platform carries them out."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.header import BLOCKS
from zhijian.domain.policy.raw import Raw, Reading
from zhijian.domain.words import NOTHING, Words

COVERAGE = ("automatic", "manual", "not_covered")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its number as cited, a short title, its gist in our words, and its coverage."""

    number: str
    title: Words
    text: Words
    coverage: str
    by: Words
    block: str


def read_article(reading: Reading, raw: Raw) -> Article:
    """Read one entry of ``articles.yaml``."""
    fields = reading.fields(raw)
    article = Article(
        number=fields.text("number"),
        title=fields.words("title"),
        text=fields.words("text"),
        coverage=fields.word("coverage", COVERAGE),
        by=fields.words("by", NOTHING),
        block=fields.word("block", BLOCKS, "目标与政策"),
    )
    fields.close()
    return article
