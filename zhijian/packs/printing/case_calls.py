"""Call-backs of a kind of case as people read them: who calls, when, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.casework.call_back import CallBack
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.who import in_words
from zhijian.packs.printing.naming import Namer, condition_in_words


def call_back_in_words(kind: CaseKind, rule: CallBack, namer: Namer) -> str:
    """Return who is called back, by whom, how often, with which questions, and what follows."""
    told = [*_when(kind, rule, namer), *_asked(kind, rule, namer), *_follows(kind, rule, namer)]
    return namer.say("；", "; ").join([*told, *_sampled(rule, namer)])


def _when(kind: CaseKind, rule: CallBack, namer: Namer) -> Iterator[str]:
    states = namer.listed([namer.text(kind.states[each].title) for each in rule.due])
    yield namer.say("进入“{}”时产生", "falls due in “{}”").format(states)
    who = namer.text(in_words(rule.by))
    if rule.way == "visit":
        yield namer.say("由{}上门，办理过的人除外", "{} visits, who had no part in it").format(who)
    else:
        yield namer.say("由{}回访，办理过的人除外", "{} calls, who had no part in it").format(who)
    if rule.hours:
        yield namer.say("时间 {}", "at {}").format(rule.hours)
    count, days, hours = (
        namer.operand(each)
        for each in (rule.attempts.count, rule.attempts.days, rule.attempts.hours)
    )
    text = namer.say(
        "联系 {} 次、分在 {} 天、每次相隔 {} 小时仍未接通的为联系不上",
        "not reached after {} attempts on {} days, {} hours apart",
    )
    yield text.format(count, days, hours)


def _asked(kind: CaseKind, rule: CallBack, namer: Namer) -> Iterator[str]:
    for names, text in (
        (rule.needs, namer.say("须问{}", "asks {}")),
        (rule.may, namer.say("可问{}", "may ask {}")),
    ):
        if names:
            yield text.format(namer.listed([namer.text(kind.facts[each].title) for each in names]))
    met = condition_in_words(rule.satisfied, namer)
    yield namer.say("满意指 {}", "satisfied means {}").format(met)


def _follows(kind: CaseKind, rule: CallBack, namer: Namer) -> Iterator[str]:
    for names, text in (
        (rule.satisfied_by, namer.say("满意的办理“{}”", "if satisfied “{}”")),
        (rule.dissatisfied_by, namer.say("不满意的办理“{}”", "if not “{}”")),
        (rule.unreached_by, namer.say("没有接通的办理“{}”", "if not reached “{}”")),
    ):
        if names:
            titles = [namer.text(kind.steps[each].title) for each in names]
            yield text.format(namer.listed(titles))


def _sampled(rule: CallBack, namer: Namer) -> Iterator[str]:
    if rule.drawn:
        share, who = namer.operand(rule.drawn.share), namer.text(in_words(rule.drawn.by))
        text = namer.say("随机抽取 {}%，由{}抽", "a random sample of {} %, drawn by {}")
        yield text.format(share, who)
        if rule.drawn.halves:
            yield namer.say("已抽查和未抽查的各半", "half of it sampled before and half not")
    if rule.checked:
        share, who = namer.operand(rule.checked.share), namer.text(in_words(rule.checked.by))
        text = namer.say("记录由{}抽查 {}%", "{} checks {} % of the records")
        yield text.format(who, share)
