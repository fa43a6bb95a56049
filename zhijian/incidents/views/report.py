"""The quick report: an incident is reported from a phone in a minute."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhijian.accounts.access import requires
from zhijian.cases import offering
from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef
from zhijian.cases.refusals import StepRefused
from zhijian.domain.casework.safety import Incident
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.incidents import queries, services
from zhijian.incidents.forms import ReportForm
from zhijian.incidents.models import Hint, HintWord
from zhijian.packs import queries as packs

_FIGURES = 18


@require_safe
@requires("cases.act")
def kinds(request: HttpRequest) -> HttpResponse:
    """Lead to the quick report, or let choose where there are several kinds."""
    offered = [ref for ref in queries.kinds("incident") if _may_report(request.user, ref)]
    query = request.GET.urlencode()
    if len(offered) == 1:
        (only,) = offered
        place = redirect("incidents:report", pack_id=only.pack_id, kind=only.kind.id)
        place["Location"] += f"?{query}" if query else ""
        return place
    told = [(ref, packs.typed(ref.version_id).header.title) for ref in offered]
    return render(request, "incidents/kinds.html", {"kinds": told, "query": query})


@require_http_methods(["GET", "POST"])
@requires("cases.act")
def report(request: HttpRequest, pack_id: str, kind: str) -> HttpResponse:
    """Show the quick report, or open the case of an incident."""
    ref = queries.kind_for("incident", pack_id, kind)
    rule = ref.kind.safety.incident if ref and ref.kind.safety else None
    if ref is None or rule is None or not _may_report(request.user, ref):
        raise Http404
    hint = _hint(request)
    offered, now = offering.offered(request.user), clock.now()
    about = _about(request, ref, rule, hint)
    if request.method == "GET":
        return _show(request, ref, ReportForm(ref, rule, offered, about), hint)
    form = ReportForm(ref, rule, offered, about, data=request.POST, files=request.FILES)
    if form.is_valid():
        with refusal_in(form):
            try:
                row = services.report(
                    actor=request.user, opening=form.opening(pack_id), at=now,
                    hint_id=hint.pk if hint else None,
                )  # fmt: skip
            except StepRefused as refused:
                form.tell(refused.problems)
            else:
                messages.success(request, _("已上报：%(number)s") % {"number": row.case.number})
                if cases.case_for(request.user, row.case_id) is None:
                    return redirect("incidents:register")
                return redirect("cases:case", case_id=row.case_id)
    return _show(request, ref, form, hint, status=422)


def _show(
    request: HttpRequest, ref: KindRef, form: ReportForm, hint: Hint | None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "kind": ref.kind,
        "hint": hint,
        "regulation": packs.typed(ref.version_id).header.title,
        "draft": request.get_full_path(),
    }
    return render(request, "incidents/report.html", context, status=status)


def _about(
    request: HttpRequest, ref: KindRef, rule: Incident, hint: Hint | None
) -> dict[str, object]:
    """Return what is filled in beforehand: now, whoever reports, and where the hint came from."""
    kind, now = ref.kind, timezone.localtime(clock.now())
    needs = [kind.facts[name] for name in kind.steps[rule.step].needs if name != rule.happened]
    told: dict[str, object] = {
        fact.id: f"{now:%Y-%m-%dT%H:%M}" for fact in needs if fact.type == "moment"
    }
    told |= {fact.id: str(request.user.pk) for fact in needs if fact.type == "person"}
    return {**told, "unit_": str(hint.case.unit_id)} if hint else told


def _hint(request: HttpRequest) -> Hint | None:
    """Return the open hint that the address names; one that was settled meanwhile is left out."""
    asked = request.GET.get("hint", "")
    if not asked.isdecimal() or len(asked) > _FIGURES:
        return None
    found = queries.hint_for(request.user, int(asked))
    return found if found is not None and found.word == HintWord.OPEN else None


def _may_report(user: object, ref: KindRef) -> bool:
    rule = ref.kind.safety.incident if ref.kind.safety else None
    steps = offering.openings(user, ref)
    return rule is not None and any(each.id == rule.step for each in steps)
