"""The robots of group chats, and the sendings that did not succeed, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhijian.foundation import gate
from zhijian.foundation.forms import RobotForm
from zhijian.foundation.guards import requires_sign_in
from zhijian.foundation.notifications import queries, sending
from zhijian.foundation.notifications.models import Robot
from zhijian.foundation.notifications.robots import (
    MANAGE,
    RobotFacts,
    remove_robot,
    save_robot,
    send_test,
)
from zhijian.foundation.refused import refusal_above, refusal_in

_PER_PAGE = 50
View = Callable[..., HttpResponse]


def _managed(view: View) -> View:
    """Let administrators in alone."""

    @requires_sign_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not gate.may(request.user, MANAGE):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_managed
def robots(request: HttpRequest) -> HttpResponse:
    """List the robots, and what could not be sent."""
    page = Paginator(queries.troubled(), _PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "robots": queries.robots(),
        "backlog": queries.backlog(),
        "is_late": queries.is_late(),
        "sendings": queries.sendings(page.object_list),
        "page_obj": page,
    }
    return render(request, "foundation/robots.html", context)


@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
@_managed
def new_robot(request: HttpRequest) -> HttpResponse:
    """Set a robot up."""
    return _edit(request, None, RobotForm(request.POST or None))


@sensitive_post_parameters("address", "secret")
@require_http_methods(["GET", "HEAD", "POST"])
@_managed
def robot(request: HttpRequest, robot_id: int) -> HttpResponse:
    """Show and change a robot."""
    row = _robot(robot_id)
    initial = {
        "name": row.name,
        "kind": row.kind,
        "language": row.language,
        "events": row.events,
        "units": row.unit_ids,
        "is_active": row.is_active,
    }
    return _edit(request, row, RobotForm(request.POST or None, initial=initial))


@require_POST
@_managed
def test(request: HttpRequest, robot_id: int) -> HttpResponse:
    """Let the robot say a line in its group now."""
    _robot(robot_id)
    with refusal_above(request):
        send_test(actor=request.user, robot_id=robot_id)
        messages.success(request, _("测试消息已发送，请到群里查看。"))
    return redirect("foundation:robot", robot_id=robot_id)


@require_POST
@_managed
def remove(request: HttpRequest, robot_id: int) -> HttpResponse:
    """Remove a robot."""
    _robot(robot_id)
    remove_robot(actor=request.user, robot_id=robot_id)
    messages.success(request, _("已删除。"))
    return redirect("foundation:robots")


@require_POST
@_managed
def retry(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Let a sending go out at the next sweep, whatever became of it before."""
    if not queries.troubled().filter(pk=delivery_id).exists():
        raise Http404
    with refusal_above(request):
        sending.try_again(actor=request.user, delivery_id=delivery_id)
        messages.success(request, _("已重新排队，一分钟内发送。"))
    return redirect("foundation:robots")


def _edit(request: HttpRequest, row: Robot | None, form: RobotForm) -> HttpResponse:
    if form.is_valid():
        told = dict(form.cleaned_data)
        units = tuple(told.pop("units"))
        facts = RobotFacts(**{**told, "events": tuple(told["events"]), "unit_ids": units})
        with refusal_in(form):
            saved = save_robot(
                actor=request.user, facts=facts, robot_id=row.pk if row is not None else None
            )
            messages.success(request, _("已保存。可以发送一条测试消息。"))
            return redirect("foundation:robot", robot_id=saved.pk)
    context = {"form": form, "robot": row}
    status = 422 if form.is_bound else 200
    return render(request, "foundation/robot.html", context, status=status)


def _robot(robot_id: int) -> Robot:
    found = queries.robot(robot_id)
    if found is None:
        raise Http404
    return found
