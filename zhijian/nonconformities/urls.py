"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.nonconformities.views import (
    actions,
    controls,
    counts,
    lessons,
    proposals,
    quick,
    register,
)

app_name = "nonconformities"
_KIND = "<slug:pack_id>/<slug:kind>"

urlpatterns = [
    path("", register.register, name="register"),
    path("register.<slug:form>", register.export, name="export"),
    path("record/", quick.record, name="record"),
    path(f"record/{_KIND}/", quick.quick, name="quick"),
    path(f"record/{_KIND}/earlier", quick.earlier, name="earlier"),
    path("counts/", counts.counts, name="counts"),
    path("counts/propose", counts.propose, name="propose_bar"),
    path("counts/<slug:by>.<slug:form>", counts.export, name="export_counts"),
    path("controls/", controls.controls, name="controls"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path(
        f"proposals/<int:proposal_id>/accept/{_KIND}/<slug:step>/", proposals.accept, name="accept"
    ),
    path("proposals/<int:proposal_id>/merge", proposals.merge, name="merge"),
    path("proposals/<int:proposal_id>/decline", proposals.decline, name="decline"),
    path("cases/<int:case_id>/propose", proposals.propose, name="propose"),
    path("actions/<int:case_id>/", actions.action, name="action"),
    path("actions/<int:case_id>/cause", actions.cause, name="cause"),
    path("actions/<int:case_id>/causes/<int:cause_id>/drop", actions.drop_cause, name="drop_cause"),
    path("actions/<int:case_id>/line", actions.line, name="line"),
    path("actions/<int:case_id>/lines/<int:line_id>/drop", actions.drop_line, name="drop_line"),
    path("actions/<int:case_id>/lines/<int:line_id>/done", actions.finish_line, name="finish_line"),
    path("actions/<int:case_id>/measure", actions.measure, name="measure"),
    path("actions/<int:case_id>/plan/", actions.plan, name="plan"),
    path("lessons/", lessons.lessons, name="lessons"),
    path("lessons/new/", lessons.teach, name="teach"),
    path("lessons/<int:lesson_id>/", lessons.lesson, name="lesson"),
    path("lessons/<int:lesson_id>/use", lessons.use, name="use"),
]
