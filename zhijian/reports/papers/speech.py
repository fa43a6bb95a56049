"""In which language a paper speaks, and how it says what a regulation has stored in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhijian.domain.dates.period import Period
from zhijian.domain.dates.titles import day_title, is_english
from zhijian.domain.policy.citing import cited
from zhijian.reports.papers.phrases import OF_TEMPLATES, PHRASES


@dataclass(frozen=True, slots=True)
class Speech:
    """The language of a paper; ``words`` gives what the regulation says in English."""

    language: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Speech:
        """Return the speech of a paper's data: Chinese unless they ask for English."""
        return cls(data.get("language", "zh"), data.get("words", {}))

    @property
    def is_english(self) -> bool:
        """Tell whether the paper is English."""
        return is_english(self.language)

    def say(self, phrase: str, **facts: object) -> str:
        """Return a phrase of the papers."""
        return PHRASES[phrase].to(self.language).format(**facts)

    def named(self, name: str) -> str:
        """Return the phrase that data name; what was frozen as a text stays as it is."""
        return self.say(name) if name in PHRASES else name

    def told(self, text: str | None) -> str:
        """Return a title, a text or a word of the regulation."""
        return self.words.get(text, text) if text and self.is_english else text or ""

    def clause(self, cites: str) -> str:
        """Return a clause as it is cited."""
        return cited(cites, self.language)

    def period_of(self, data: Mapping[str, Any]) -> str:
        """Return the period of a paper as people write it, with the edition of a correction."""
        period = Period.parse(data["period"]).title(self.language)
        if data.get("edition", 1) == 1:
            return period
        return self.say("period_edition", period=period, edition=data["edition"])

    def day(self, day: date) -> str:
        """Return a day as people write it."""
        return day_title(day, self.language)

    def listed(self, parts: Iterable[str]) -> str:
        """Join parts as the language lists things."""
        return (", " if self.is_english else "、").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Join clauses that belong to one sentence."""
        return ("; " if self.is_english else "；").join(parts)

    def for_template(self) -> dict[str, Any]:
        """Return what every template needs to speak the language."""
        words = {name: words.to(self.language) for name, words in OF_TEMPLATES.items()}
        return {"language": self.language, "words": words}
