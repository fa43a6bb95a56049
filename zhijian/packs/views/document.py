"""The regulation as a readable document, and what a version changes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhijian.accounts.access import requires
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.difference import differences
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.packs import queries
from zhijian.packs.queries import VersionRef
from zhijian.packs.showing.document import document_of
from zhijian.packs.showing.overriding import shown_overrides
from zhijian.packs.views.around import Told, answer_of, around, in_words, version_or_404


@require_safe
@requires("packs.view")
def version(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show one version from its cover to its forms."""
    ref = version_or_404(version_id)
    today = clock.today()
    context = around(request, ref, "packs:version", today)
    answer = answer_of(ref)
    context["receipt"] = queries.receipt_of(ref.id, request.user.pk)
    if not isinstance(answer, Pack):
        context["problems"] = in_words(answer)
        return render(request, "packs/unreadable.html", context)
    context |= {
        "document": document_of(answer, queries.decisions(ref.id), today, language()),
        "header": answer.header,
        "unconfirmed": queries.unconfirmed(ref.id),
        "overriding": shown_overrides(queries.overriding(ref, today), language()),
        "overridden": shown_overrides(queries.overridden_by(ref, today), language()),
    }
    return render(request, "packs/document.html", context)


@require_safe
@requires("packs.view")
def changes(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the revision record, and the differences from another version in plain words."""
    ref = version_or_404(version_id)
    others = [each for each in queries.versions(ref.pack_id) if each.id != ref.id]
    other = next((each for each in others if str(each.id) == request.GET.get("from")), None)
    compared = other or queries.former(ref)
    context = around(request, ref, "packs:changes", clock.today())
    context |= {
        "changes": queries.changes_of(ref.id),
        "former": queries.former(ref),
        "others": others,
        "compared": compared,
        "differences": _differences(compared, ref) if compared else None,
    }
    return render(request, "packs/changes.html", context)


def _differences(old: VersionRef, new: VersionRef) -> list[Told] | None:
    before, after = answer_of(old), answer_of(new)
    if not (isinstance(before, Pack) and isinstance(after, Pack)):
        return None
    return in_words(
        tuple(Problem(each.code, each.where, each.facts) for each in differences(before, after))
    )
