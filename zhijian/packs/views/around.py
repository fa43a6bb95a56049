"""What every page about one version needs: the version, its tabs, and who may do what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhijian.accounts import queries as accounts
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.packs import queries
from zhijian.packs.queries import VersionRef
from zhijian.packs.queries.typed import read

STATES = {
    "draft": (_("草稿"), "note"),
    "checked": (_("已校核，待发布"), "note"),
    "upcoming": (_("已发布，待施行"), "good"),
    "in_force": (_("施行中"), "good"),
    "superseded": (_("已被取代"), "plain"),
}
TABS = (
    ("packs:version", _("条文与规则"), "book"),
    ("packs:coverage", _("覆盖情况"), "list-check"),
    ("packs:examples", _("算例"), "test-pipe"),
    ("packs:values", _("建议值"), "adjustments"),
    ("packs:changes", _("修订"), "git-compare"),
    ("packs:signatures", _("签署"), "signature"),
    ("packs:files", pgettext_lazy("plural", "文件"), "files"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about a version."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words, with its place."""

    where: str
    file: str
    line: str
    words: str


def version_or_404(version_id: int) -> VersionRef:
    """Return the version an address names."""
    found = queries.version_ref(version_id)
    if found is None:
        raise Http404
    return found


def answer_of(ref: VersionRef) -> Pack | tuple[Problem, ...]:
    """Return the pack of a version, or what is wrong with it."""
    return read(queries.contents(ref.id))


def in_words(problems: tuple[Problem, ...]) -> list[Told]:
    """Return problems for people."""
    return [_told(each) for each in problems]


def state_of(ref: VersionRef, today: Any) -> tuple[str | Promise, str]:
    """Return the word for a version's state on ``today`` and its colour."""
    if not ref.is_published:
        return STATES[ref.state]
    if ref.is_in_force(today):
        return STATES["in_force"]
    return STATES["upcoming" if ref.effective > today else "superseded"]


def around(request: HttpRequest, ref: VersionRef, current: str, today: Any) -> dict[str, Any]:
    """Return the context that the frame of a version's pages wants."""
    user = request.user
    words, kind = state_of(ref, today)
    answer = answer_of(ref)
    return {
        "ref": ref,
        "state_words": words,
        "state_kind": kind,
        "tabs": [
            Tab(label, reverse(name, kwargs={"version_id": ref.id}), icon, name == current)
            for name, label, icon in TABS
        ],
        "copyright": answer.header.copyright if isinstance(answer, Pack) else "",
        "may_draft": accounts.may(user, "packs.draft"),
        "may_publish": accounts.may(user, "packs.publish"),
        "may_confirm": accounts.may(user, "packs.confirm_default"),
    }


def _told(problem: Problem) -> Told:
    file, _colon, line = problem.where.rpartition(":")
    words = say(problem.code, dict(problem.facts), language())
    if line.isdigit():
        return Told(problem.where, file, line, words)
    return Told(problem.where, problem.where, "", words)
