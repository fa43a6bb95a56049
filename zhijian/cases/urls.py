"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.cases.views import case, lists, opening

app_name = "cases"

urlpatterns = [
    path("", lists.cases, name="cases"),
    path("open/", opening.kinds, name="kinds"),
    path("open/<slug:pack_id>/<slug:kind>/<slug:step>/", opening.opening, name="open"),
    path("number/<str:number>/", lists.number, name="number"),
    path("<int:case_id>/", case.case, name="case"),
    path("<int:case_id>/steps/<slug:step>", case.step, name="step"),
    path("<int:case_id>/hand-over", case.hand_over, name="hand_over"),
    path("<int:case_id>/comment", case.comment, name="comment"),
    path("<int:case_id>/attach", case.attach, name="attach"),
    path("<int:case_id>/link", case.link, name="link"),
    path("<int:case_id>/reveal", case.reveal, name="reveal"),
]
