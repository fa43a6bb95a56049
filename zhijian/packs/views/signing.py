"""The page on which a version is reviewed and approved, and the approval given again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhijian.accounts import queries as accounts
from zhijian.accounts.access import requires
from zhijian.foundation import clock
from zhijian.foundation.refused import refusal_in
from zhijian.packs import queries, services
from zhijian.packs.forms import SignatureForm
from zhijian.packs.views.around import around, version_or_404


@require_http_methods(["GET", "HEAD", "POST"])
@requires("packs.view")
def signatures(request: HttpRequest, version_id: int) -> HttpResponse:
    """Show who signs a version and who has, and take a signature."""
    ref = version_or_404(version_id)
    form = SignatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            services.sign(ref.id, form.signed(), request.user, clock.now())
            messages.success(request, _("已签署。"))
            return redirect("packs:signatures", version_id=ref.id)
    context = around(request, ref, "packs:signatures", clock.today())
    context |= {
        "form": form,
        "asked": queries.signatures_asked(ref),
        "given": queries.signatures(ref.id),
        "renewal": queries.renewal_due(ref) if ref.is_published else None,
        "roles": accounts.roles_of(request.user),
    }
    return render(request, "packs/signatures.html", context, status=422 if form.errors else 200)
