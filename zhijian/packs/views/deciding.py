"""Pages for what people decide: proposed values, reviews, who follows, who received."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.accounts.access import requires
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.refused import refusal_above, refusal_in
from zhijian.packs import queries, services
from zhijian.packs.forms import (
    DecisionForm,
    DistributionForm,
    FollowingForm,
    ReviewForm,
    TrainingForm,
)
from zhijian.packs.queries import PackLine, VersionRef
from zhijian.packs.services import PackRefused
from zhijian.packs.showing.document import titles_of
from zhijian.packs.views.around import answer_of, around, in_words, version_or_404

_PAGE_AND_FORM = ["GET", "HEAD", "POST"]


@require_safe
@requires("packs.view")
def values(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show the proposed values of a version and what was decided about each."""
    ref = version_or_404(version_id)
    context = around(request, ref, "packs:values", clock.today())
    answer = answer_of(ref)
    if isinstance(answer, Pack):
        context |= {
            "values": queries.proposed_values(ref.id),
            "decisions": queries.decisions(ref.id),
            "lost": answer.header.lost,
            "titles": titles_of(answer, language()),
        }
    return render(request, "packs/values.html", context)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.confirm_default")
def value(request: HttpRequest, version_id: int, parameter: str) -> HttpResponse:
    """Confirm one proposed value or put another in its place."""
    ref = version_or_404(version_id)
    found = next(
        (each for each in queries.proposed_values(ref.id) if each.parameter.id == parameter), None
    )
    if found is None or not ref.is_published:
        raise Http404
    initial = {"kind": "confirmed", "entry": found.entry_text}
    form = DecisionForm(request.POST or None, initial=initial)
    problems: tuple = ()
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        decide = services.confirm_parameter if kind == "confirmed" else services.replace_parameter
        try:
            decide(ref.id, form.choice(parameter), request.user, clock.now())
        except PackRefused as refusal:
            problems = refusal.problems
            form.add_error("entry" if problems else None, refusal.words(language()))
        else:
            messages.success(request, _("已记录决定。"))
            return redirect("packs:values", version_id=ref.id)
    context = around(request, ref, "packs:values", clock.today())
    context |= {
        "form": form,
        "found": found,
        "problems": in_words(problems),
        "titles": titles_of(queries.typed(ref.id), language()),
    }
    return render(request, "packs/value.html", context, status=422 if form.errors else 200)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.draft")
def review(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Write down a review of the version in force."""
    ref = _in_force(pack_id)
    form = ReviewForm(request.POST or None, initial={"held_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.record_review(ref.id, form.facts(), request.user, clock.now())
            messages.success(request, _("已记录评审。"))
            return redirect("packs:pack", pack_id=pack_id)
    context = {"form": form, "ref": ref, "due": queries.review_due(ref)}
    return render(request, "packs/review.html", context, status=422 if form.errors else 200)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.draft")
def follow(request: HttpRequest, pack_id: str) -> HttpResponse:
    """Let a unit follow a regulation."""
    line = _line(pack_id)
    form = FollowingForm(request.POST or None, initial={"starts": line.shown.effective})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.subscribe(pack_id, form.following(), request.user)
            messages.success(request, _("已保存。"))
            return redirect("packs:pack", pack_id=pack_id)
    context = {"form": form, "ref": line.shown}
    return render(request, "packs/follow.html", context, status=422 if form.errors else 200)


@require_POST
@requires("packs.draft")
def end_following(request: HttpRequest, pack_id: str, subscription_id: int) -> HttpResponse:
    """Let a unit follow a regulation until today."""
    with refusal_above(request):
        services.end_subscription(subscription_id, clock.today(), request.user)
        messages.success(request, _("已保存。"))
    return redirect("packs:pack", pack_id=pack_id)


@require_http_methods(_PAGE_AND_FORM)
@requires("packs.draft")
def distribution(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show who received a version, and hand it to more people."""
    ref = version_or_404(version_id)
    form = DistributionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            count = services.distribute(ref.id, form.person_ids(), request.user, clock.now())
            messages.success(request, _("已分发给 %(count)s 人。") % {"count": count})
            return redirect("packs:distribution", version_id=ref.id)
    return _distribution(request, ref, form)


@require_POST
@requires("packs.draft")
def training(request: HttpRequest, version_id: int) -> HttpResponse:
    """Note who was trained in a version."""
    ref = version_or_404(version_id)
    form = TrainingForm(request.POST, receipts=queries.receipts(ref.id))
    if form.is_valid():
        with refusal_in(form):
            count = services.record_training(ref.id, form.training(), request.user, clock.today())
            messages.success(request, _("已登记 %(count)s 人的培训。") % {"count": count})
            return redirect("packs:distribution", version_id=ref.id)
    return _distribution(request, ref, DistributionForm(), form)


def _distribution(
    request: HttpRequest,
    ref: VersionRef,
    form: DistributionForm,
    trained: TrainingForm | None = None,
) -> HttpResponse:
    receipts = queries.receipts(ref.id)
    context = around(request, ref, "packs:version", clock.today())
    context |= {
        "form": form,
        "training_form": trained or TrainingForm(receipts=receipts, initial={"on": clock.today()}),
        "receipts": receipts,
        "read": sum(each.read_at is not None for each in receipts),
        "trained": sum(each.trained_on is not None for each in receipts),
    }
    is_bad = bool(form.errors or (trained and trained.errors))
    return render(request, "packs/distribution.html", context, status=422 if is_bad else 200)


@require_POST
@requires("packs.view")
def read(request: HttpRequest, version_id: int) -> HttpResponse:
    """Say that one has read what one received."""
    ref = version_or_404(version_id)
    with refusal_above(request):
        services.confirm_reading(ref.id, request.user, clock.now())
        messages.success(request, _("已确认阅知。"))
    return redirect("packs:version", version_id=ref.id)


def _line(pack_id: str) -> PackLine:
    line = queries.pack_line(pack_id)
    if line is None:
        raise Http404
    return line


def _in_force(pack_id: str) -> VersionRef:
    line = _line(pack_id)
    if not line.is_in_force:
        raise Http404
    return line.shown
