"""Lines, vetoes, consequences and limits in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhijian.domain.deadlines.rule import LimitRule
from zhijian.domain.exact import plain
from zhijian.domain.outcomes.outcome import OutcomePlan, Rule
from zhijian.domain.scoring.grade import TopShare, Veto
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.words import Words
from zhijian.packs.printing.limits import limit_in_words
from zhijian.packs.printing.lines import line_in_words
from zhijian.packs.printing.naming import Namer, condition_in_words
from zhijian.packs.printing.typed import typed_in_words


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line and how its value comes about."""

    line: Line
    words: str


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A veto or a consequence: when it applies and what it does."""

    title: Words
    cites: str
    words: str


@dataclass(frozen=True, slots=True)
class ShownLimit:
    """A time limit; ``parameter`` names the value that holds its count, if one does."""

    id: str
    title: Words
    words: str
    parameter: str
    cites: str


def shown_lines(lines: tuple[Line, ...], namer: Namer) -> tuple[ShownLine, ...]:
    """Return lines with their rules in words."""
    return tuple(ShownLine(line, line_in_words(line, namer)) for line in lines)


def shown_vetoes(scheme: Scheme, namer: Namer) -> tuple[ShownRule, ...]:
    """Return what may push a grade up or down."""
    if scheme.grading is None:
        return ()
    vetoes = (ShownRule(e.title, e.cites, _veto(e, namer)) for e in scheme.grading.vetoes)
    shares = (ShownRule(e.title, e.cites, _share(e, namer)) for e in scheme.grading.ranking)
    return (*vetoes, *shares)


def shown_rules(plan: OutcomePlan, namer: Namer) -> tuple[ShownRule, ...]:
    """Return what follows from a result."""
    return tuple(ShownRule(e.title, e.cites, _rule(e, namer)) for e in plan.rules)


def shown_limit(rule: LimitRule, namer: Namer) -> ShownLimit:
    """Return a limit for a page."""
    limit = rule.limit
    parameter = rule.parameter.id if rule.parameter else ""
    return ShownLimit(rule.id, limit.title, limit_in_words(rule, namer), parameter, limit.cites)


def _veto(veto: Veto, namer: Namer) -> str:
    effects = []
    if veto.at_most:
        effects.append(_("最高为“%(grade)s”") % {"grade": namer.word(veto.at_most)})
    if veto.by:
        effects.append(_("降 %(n)s 等") % {"n": veto.by})
    return f"{condition_in_words(veto.when, namer)} → {namer.listed(effects)}"


def _share(share: TopShare, namer: Namer) -> str:
    facts = {"percent": f"{plain(share.share * 100)}%", "grade": namer.word(share.gives)}
    if share.from_bottom:
        return _("排名后 %(percent)s 为“%(grade)s”") % facts
    return _("排名前 %(percent)s 为“%(grade)s”") % facts


def _rule(rule: Rule, namer: Namer) -> str:
    kinds = {"reward": _("奖励"), "penalty": _("惩罚"), "measure": _("措施"), "none": _("不奖不罚")}
    parts = [condition_in_words(rule.when, namer) + " →"] if rule.when else []
    parts.append(kinds[rule.kind])
    if rule.yuan:
        parts.append(_("金额为“%(line)s”") % {"line": namer.operand(rule.yuan)})
    if rule.typed:
        parts.append(typed_in_words(rule, namer))
    if rule.days:
        parts.append(_("限 %(days)s 天") % {"days": namer.operand(rule.days)})
    if rule.text:
        parts.append(namer.text(rule.text))
    return " ".join(parts)
