"""What a person was told: the bell, the list, and how they want to be told."""

from __future__ import annotations

from django.conf import settings as site
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.foundation.forms import NotificationSettings
from zhijian.foundation.guards import requires_sign_in
from zhijian.foundation.notifications import events, queries, services

_PER_PAGE = 30


@require_safe
@requires_sign_in
def notifications(request: HttpRequest) -> HttpResponse:
    """List what one was told, or only what is unread."""
    only_unread = request.GET.get("show") == "unread"
    rows = queries.notifications_of(request.user, only_unread)
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    told = queries.told(page.object_list)
    latest = max((each.id for each in told), default=0)
    context = {"told": told, "page_obj": page, "only_unread": only_unread, "latest": latest}
    return render(request, "foundation/notifications.html", context)


@require_safe
@requires_sign_in
def bell(request: HttpRequest) -> HttpResponse:
    """Show the bell with the count of what is unread, as a part of any page."""
    return render(request, "partials/bell.html")


@require_safe
@requires_sign_in
def follow(request: HttpRequest, notification_id: int) -> HttpResponse:
    """Go to what one was told about; it counts as read from then on."""
    told = queries.notification_of(request.user, notification_id)
    if told is None:
        raise Http404
    if request.method == "GET":
        services.mark_read(user=request.user, notification_id=notification_id)
    is_ours = told.url.startswith("/") and url_has_allowed_host_and_scheme(told.url, None)
    return redirect(told.url if is_ours else "foundation:notifications")


@require_POST
@requires_sign_in
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read everything up to what the person saw last."""
    latest = request.POST.get("latest", "")
    until = int(latest) if latest.isascii() and latest.isdigit() and len(latest) < 19 else None
    count = services.mark_all_read(user=request.user, until=until)
    messages.success(request, _("已将 %(count)s 条通知标为已读。") % {"count": count})
    return redirect("foundation:notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@requires_sign_in
def settings(request: HttpRequest) -> HttpResponse:
    """Choose the language of mails, and about what one wants them."""
    codes = {each.code for each in events.registered()}
    declined = queries.without_mail(request.user)
    initial = {
        "language": queries.language_of(request.user),
        "by_mail": sorted(codes - declined),
    }
    form = NotificationSettings(request.POST or None, initial=initial)
    if form.is_valid():
        services.set_preference(
            user=request.user,
            language=form.cleaned_data["language"],
            without_mail=codes - set(form.cleaned_data["by_mail"]),
        )
        messages.success(request, _("已保存。"))
        return redirect("foundation:notification_settings")
    context = {"form": form, "by_mail": site.NOTIFICATIONS_BY_MAIL}
    status = 422 if form.is_bound else 200
    return render(request, "foundation/notification_settings.html", context, status=status)
