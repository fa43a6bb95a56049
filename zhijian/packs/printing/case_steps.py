"""Steps of cases as people read them: who may take each, when, with what, and what it does."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import Act, CaseStep
from zhijian.domain.casework.vocabulary import ACTOR, PROPOSED
from zhijian.domain.casework.who import in_words
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.packs.printing.naming import Namer, condition_in_words

_ACTS = {
    "start": Words("启动“{}”", "starts “{}”"),
    "stop": Words("停止“{}”", "stops “{}”"),
    "pause": Words("暂停“{}”", "pauses “{}”"),
    "resume": Words("恢复“{}”", "resumes “{}”"),
    "agree": Words("为“{}”约定新时间", "agrees on a new time for “{}”"),
    "request": Words("申请延长“{}”", "asks for an extension of “{}”"),
    "grant": Words("批准延长“{}”", "grants an extension of “{}”"),
    "refuse": Words("不批准延长“{}”", "refuses an extension of “{}”"),
}
_ANONYMOUS = {
    "may": Words("可以匿名", "may be anonymous"),
    "always": Words("不留姓名", "leaves no name"),
}


def step_in_words(kind: CaseKind, step: CaseStep, pack: Pack, namer: Namer) -> str:
    """Return who takes a step, when, with what, and what it does."""
    told = [
        namer.text(in_words(step.by)),
        *_who_not(kind, step, namer),
        *_conditions(kind, step, pack, namer),
        *_asked(kind, step, namer),
        *_does(kind, step, pack, namer),
        namer.text(step.note),
    ]
    return namer.say("；", "; ").join(filter(None, told))


def _who_not(kind: CaseKind, step: CaseStep, namer: Namer) -> Iterator[str]:
    if step.verifies:
        names = namer.listed([namer.text(kind.steps[each].title) for each in step.verifies])
        if step.alone:
            yield namer.say("验证“{}”，可由本人", "verifies “{}”, also one's own").format(names)
        else:
            text = namer.say("验证“{}”，不得由本人", "verifies “{}”, never one's own")
            yield text.format(names)
    if step.not_by:
        text = namer.say("不得由{}", "not by {}")
        yield text.format(namer.text(in_words(step.not_by)))
    if step.anonymous in _ANONYMOUS:
        yield namer.text(_ANONYMOUS[step.anonymous])


def _conditions(kind: CaseKind, step: CaseStep, pack: Pack, namer: Namer) -> Iterator[str]:
    for condition, text in (
        (step.when, namer.say("限于 {}", "only if {}")),
        (step.must, namer.say("须 {}", "must be so: {}")),
    ):
        if condition:
            yield text.format(condition_in_words(condition, namer))
    if step.within:
        title = namer.text(pack.limits[step.within].limit.title)
        yield namer.say("在“{}”之内", "within “{}”").format(title)
    for clocks, text in (
        (step.overdue, namer.say("“{}”逾期后", "once “{}” is overdue")),
        (step.in_time, namer.say("“{}”逾期前", "until “{}” is overdue")),
    ):
        if clocks:
            names = namer.listed([namer.text(kind.clocks[each].title) for each in clocks])
            yield text.format(names)
    for name in step.waits_for:
        title = namer.text(pack.cases[name].title)
        yield namer.say("关联的“{}”办结后", "once linked “{}” has ended").format(title)
    if step.once:
        yield namer.say("只办一次", "once only")


def _asked(kind: CaseKind, step: CaseStep, namer: Namer) -> Iterator[str]:
    for names, text in (
        (step.needs, namer.say("填写{}", "enter {}")),
        (step.may, namer.say("可填{}", "may enter {}")),
    ):
        if names:
            titles = [namer.text(kind.facts[each].title) for each in names]
            yield text.format(namer.listed(titles))
    if step.reason:
        yield namer.say("写明理由", "give a reason")
    if step.form:
        form = kind.forms[step.form]
        yield namer.say("《{}》", "form “{}”").format(namer.text(form.title))


def _does(kind: CaseKind, step: CaseStep, pack: Pack, namer: Namer) -> Iterator[str]:
    if step.level == PROPOSED:
        yield namer.say("定级", "decides the level")
    elif step.level:
        title = namer.text(kind.levels[step.level].title)
        yield namer.say("至少为“{}”", "at least “{}”").format(title)
    yield from (_act(kind, each, namer) for each in step.acts)
    if step.owner:
        mine = namer.say("由办理人承办", "whoever takes it becomes the owner")
        text = namer.say("由{}承办", "{} becomes the owner")
        yield mine if step.owner == ACTOR else text.format(namer.text(kind.facts[step.owner].title))
    if step.unit:
        title = namer.text(kind.facts[step.unit].title)
        yield namer.say("交{}", "goes to {}").format(title)
    for each in step.opens:
        title = namer.text(pack.cases[each.kind].title)
        when = condition_in_words(each.when, namer) + " → " if each.when else ""
        yield when + namer.say("打开“{}”", "opens “{}”").format(title)


def _act(kind: CaseKind, act: Act, namer: Namer) -> str:
    return namer.text(_ACTS[act.word]).format(namer.text(kind.clocks[act.clock].title))


def way_in_words(kind: CaseKind, step: CaseStep, namer: Namer) -> str:
    """Return from where to where a step leads."""
    opening = namer.say("立案", "opening")
    sources = namer.listed([namer.text(kind.states[each].title) for each in step.sources])
    target = namer.text(kind.states[step.target].title) if step.target else ""
    return f"{sources or opening} → {target or namer.say('不变', 'stays')}"
