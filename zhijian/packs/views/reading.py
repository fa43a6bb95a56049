"""Pages for reading: the list, one regulation, coverage, examples, the archive."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.attachments import attachment
from zhijian.packs import queries, services
from zhijian.packs.archive import zipped
from zhijian.packs.views.around import answer_of, around, in_words, state_of, version_or_404


@require_safe
@requires("packs.view")
def packs(request: HttpRequest) -> HttpResponse:
    """List every regulation."""
    today = clock.today()
    context = {
        "lines": [(line, *state_of(line.shown, today)) for line in queries.pack_lines()],
        "may_draft": accounts.may(request.user, "packs.draft"),
        "unread": queries.unread_of(request.user.pk),
    }
    return render(request, "packs/packs.html", context)


@require_safe
@requires("packs.view")
def pack(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Show one regulation: its versions, reviews and followers."""
    line = queries.pack_line(pack_id)
    if line is None:
        raise Http404
    today = clock.today()
    answer = answer_of(line.shown)
    context = {
        "line": line,
        "ref": line.shown,
        "header": answer.header if isinstance(answer, Pack) else None,
        "versions": [(ref, *state_of(ref, today)) for ref in queries.versions(pack_id)],
        "reviews": queries.reviews(pack_id),
        "subscriptions": queries.subscriptions(pack_id),
        "may_draft": accounts.may(request.user, "packs.draft"),
    }
    return render(request, "packs/pack.html", context)


@require_safe
@requires("packs.view")
def coverage(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show how each article is carried out, and which of the seven blocks are empty."""
    ref = version_or_404(version_id)
    answer = answer_of(ref)
    context = around(request, ref, "packs:coverage", clock.today())
    if isinstance(answer, Pack):
        context |= {
            "articles": queries.covered_articles(answer),
            "counts": queries.coverage_of(answer),
            "blocks": queries.blocks_of(answer),
        }
    else:
        context["problems"] = in_words(answer)
    return render(request, "packs/coverage.html", context)


@require_safe
@requires("packs.view")
def examples(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the golden examples and how each came out."""
    ref = version_or_404(version_id)
    context = around(request, ref, "packs:examples", clock.today())
    report = queries.check_report(ref.digest)
    context["report"] = report
    if report is not None:
        context["problems"] = in_words(report.checked.problems)
        context["examples"] = [
            (verdict, in_words(verdict.problems)) for verdict in report.checked.examples
        ]
    return render(request, "packs/examples.html", context)


@require_POST
@requires("packs.draft")
def check(request: HttpRequest, version_id: int) -> HttpResponse:
    """Run the checks and examples, then show how they came out."""
    ref = version_or_404(version_id)
    checked = services.check(ref.id, request.user, clock.now())
    if checked.is_green:
        messages.success(request, _("校核通过，算例全部相符。"))
    else:
        messages.error(request, _("校核未通过，请看下面的问题。"))
    return redirect("packs:examples", version_id=ref.id)


@require_safe
@requires("packs.view")
def download(request: HttpRequest, version_id: int) -> HttpResponse:
    """Hand out the files of a version as an archive."""
    ref = version_or_404(version_id)
    content = zipped(queries.contents(ref.id), ref.pack_id)
    return attachment(content, "application/zip", f"{ref.pack_id}-{ref.version}.zip")
