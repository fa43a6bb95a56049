"""Words of this room that are made from values."""

from __future__ import annotations

from zhijian.assessments.money import Money
from zhijian.domain.dates.period import Period
from zhijian.foundation.wording import say
from zhijian.packs.printing import limits_in_words


def period_title(period: str, language: str) -> str:
    """The period as people say it: 2024年第一季度."""
    return Period.parse(period).title(language)


def missing_words(gaps: list[dict], language: str) -> list[str]:  # type: ignore[type-arg]
    """What is missing on a sheet, one sentence for each line that lacks something."""
    return [_gap(gap, language) for gap in gaps]


def _gap(gap: dict, language: str) -> str:  # type: ignore[type-arg]
    title = gap["title_en"] if language == "en" and gap["title_en"] else gap["title"]
    facts = {name.replace(".", "_"): str(value) for name, value in gap["given"].items()}
    return f"{title}:{say('reason.' + gap['reason'], facts, language)}"


def awaited_in_words(money: Money, language: str) -> str:
    """Say which amounts somebody still has to type, each with its limits; empty for none."""
    stop = "; " if language == "en" else "；"
    colon = ": " if language == "en" else "："
    return stop.join(
        f"{each.title.to(language)}{colon}{limits_in_words(each.limits, language)}"
        for each in money.awaited
    )
