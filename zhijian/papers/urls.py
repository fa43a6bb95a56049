"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.papers.views import issuing, lists, paper, public

app_name = "papers"

urlpatterns = [
    path("", lists.papers, name="papers"),
    path("verify/", public.verify, name="verify"),
    path("<int:paper_id>/", paper.paper, name="paper"),
    path("<int:paper_id>/paper.pdf", paper.pdf, name="pdf"),
    path("<int:paper_id>/receive", paper.receive, name="receive"),
    path("<int:paper_id>/note-receipt", paper.note_receipt, name="note_receipt"),
    path("<int:paper_id>/extend", paper.extend, name="extend"),
    path("<int:paper_id>/withdraw", paper.withdraw, name="withdraw"),
    path("of/<int:case_id>/<slug:form>/", issuing.issue, name="issue"),
    path("of/<int:case_id>/<slug:form>/preview.pdf", issuing.preview, name="preview"),
]
