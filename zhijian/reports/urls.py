"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.reports.views import figures, meetings, papers, public, reports

app_name = "reports"

urlpatterns = [
    path("", reports.reports, name="list"),
    path("begin", reports.begin, name="begin"),
    path("<int:report_id>/", reports.report, name="report"),
    path("<int:report_id>/texts", reports.texts, name="texts"),
    path("<int:report_id>/preview.pdf", reports.preview, name="preview"),
    path("<int:report_id>/deliver", reports.deliver, name="deliver"),
    path("<int:report_id>/withdraw", reports.withdraw, name="withdraw"),
    path("<int:report_id>/reissue", reports.reissue, name="reissue"),
    path("figures/<str:key>/", figures.figure, name="figure"),
    path("sheets/<int:sheet_id>.pdf", papers.sheet, name="sheet"),
    path("results/<int:assessment_id>.pdf", papers.results, name="results"),
    path("results/<int:assessment_id>.xlsx", papers.book, name="workbook"),
    path("decisions/<int:entry_id>.pdf", papers.decision, name="decision"),
    path("meetings/<int:assessment_id>/", meetings.meeting, name="meeting"),
    path("meetings/<int:assessment_id>/minutes.pdf", papers.minutes, name="minutes"),
    path("publications/", meetings.publications, name="publications"),
    path("publications/<int:publication_id>/", meetings.publication, name="publication"),
    path("verify/", public.verify, name="verify"),
    path("notices/", public.notices, name="notices"),
    path("notices/<str:public_name>/", public.notice, name="notice"),
    path("notices/<str:public_name>/notice.pdf", public.notice_pdf, name="notice_pdf"),
]
