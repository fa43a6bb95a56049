"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.callbacks.views import call, checks, draws, ledger, lists

app_name = "callbacks"

urlpatterns = [
    path("", lists.call_backs, name="call_backs"),
    path("ledger/<slug:by>/", ledger.ledger, name="ledger"),
    path("ledger/<slug:by>.<slug:form>", ledger.export, name="export"),
    path("<int:call_back_id>/", call.call_back, name="call_back"),
    path("<int:call_back_id>/attempt", call.attempt, name="attempt"),
    path("<int:call_back_id>/exclude", call.exclude, name="exclude"),
    path("<int:call_back_id>/correct", call.correct, name="correct"),
    path("<int:call_back_id>/reveal", call.reveal, name="reveal"),
    path("draws/", draws.draws, name="draws"),
    path("draws/new", draws.new, name="new_draw"),
    path("draws/<int:draw_id>/", draws.draw, name="draw"),
    path("draws/<int:draw_id>.<slug:form>", draws.export, name="export_draw"),
    path("checks/<int:check_id>/", checks.check, name="check"),
    path("exclusions/<int:exclusion_id>/decide", call.decide, name="decide"),
]
