"""Amounts that are left to the approver, in words. Needs no framework."""

from __future__ import annotations

from zhijian.domain.exact import plain
from zhijian.domain.outcomes.outcome import Rule
from zhijian.domain.outcomes.typed import Limits
from zhijian.packs.printing.naming import Namer


def limits_in_words(limits: Limits, language: str) -> str:
    """Say that a person types the amount, and from what to what; ``zh`` or ``en``."""
    english = language.startswith("en")
    least = f"{plain(limits.least)}"
    if limits.most is not None:
        most = plain(limits.most)
        within = f", {least} to {most} yuan" if english else f"，{least} 至 {most} 元"
    elif limits.least:
        within = f", at least {least} yuan" if english else f"，不少于 {least} 元"
    else:
        within = ""
    return ("typed by the approver" if english else "由审定人填写") + within


def typed_in_words(rule: Rule, namer: Namer) -> str:
    """Say the same of a rule, with its limits as the pack names them; empty for other rules."""
    if rule.typed is None:
        return ""
    least = namer.operand(rule.typed.at_least)
    if rule.typed.at_most is not None:
        text = namer.say("金额由审定人填写，{} 至 {} 元", "typed by the approver, {} to {} yuan")
        return text.format(least, namer.operand(rule.typed.at_most))
    if rule.typed.at_least.constant == 0:
        return namer.say("金额由审定人填写", "amount typed by the approver")
    return namer.say(
        "金额由审定人填写，不少于 {} 元", "typed by the approver, at least {} yuan"
    ).format(least)
