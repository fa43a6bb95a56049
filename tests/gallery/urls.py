"""Every part of the shell on one page, for the browser tests and for people who write pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import engines
from django.urls import path

from zhijian.config.urls import urlpatterns as site
from zhijian.foundation import charts

PAGE = Path(__file__).parent / "templates/gallery.html"


JOB = SimpleNamespace(
    id="1",
    title="计算 2024Q1",
    state_text="正在执行",
    is_open=True,
    is_failed=False,
    steps_total=100,
    steps_done=40,
    words="正在汇总记录",
)
DEPARTMENTS = ("客户服务部", "工程管理部", "物业管理部", "市场部", "综合部")


class Units(tables.Table):
    name = tables.Column(verbose_name="单位", footer="合计")
    score = tables.Column(
        verbose_name="得分",
        footer="462.50",
        attrs={"td": {"class": "num"}, "th": {"class": "num"}, "tf": {"class": "num"}},
    )


class Complaint(forms.Form):
    customer = forms.CharField(label="客户", help_text="主业单位全称")
    points = forms.DecimalField(label="扣分", min_value=Decimal("0.5"), max_value=1)
    text = forms.CharField(label="经过", widget=forms.Textarea, required=False)


def drawings() -> list[charts.Chart]:
    months = ("1月", "2月", "3月", "4月", "5月", "6月")
    scores = charts.Series("得分", tuple(map(Decimal, ("95", "91.5", "93", "97", "88", "90"))))
    checks = charts.Series("抽查", (Decimal(94), None, Decimal(92), Decimal(95), Decimal(86), 91))
    return [
        charts.Bars("各月得分", months, (scores, checks), unit="分"),
        charts.Bars("扣分构成", months, (scores, checks), stacked=True),
        charts.Lines("走势", months, (scores, checks), limits=(charts.Limit("合格线", 90),)),
        charts.Pareto("问题原因", {"态度": 12, "超时": 30, "记录不全": 7, "其他": 3}),
        charts.HeatMap(
            "单位 × 项目",
            DEPARTMENTS,
            ("自查", "问卷", "投诉"),
            tuple((90 + i, None if i == 2 else 80 + 3 * i, 100 - 5 * i) for i in range(5)),
        ),
        charts.Ranking(
            "满意度排名",
            DEPARTMENTS,
            (96, 95, 93, 91, 88),
            ((94, 98), (92, 97), (90, 95), (88, 94), (83, 92)),
        ),
        charts.Gauge("预算", Decimal(21000), 30000, limit=charts.Limit("预警", 25000), unit="元"),
    ]


def gallery(request: HttpRequest) -> HttpResponse:
    form = Complaint(request.POST or None)
    if form.is_bound and form.is_valid():
        messages.success(request, "已收到")
        return redirect("gallery")
    rows = [{"name": name, "score": Decimal(90 + i)} for i, name in enumerate(DEPARTMENTS)]
    table = Units(rows * 6, order_by=request.GET.get("sort"))
    table.caption = "各单位得分"
    table.paginate(page=request.GET.get("page", 1), per_page=8)
    values = {
        "day": date(2026, 7, 21),
        "names": ["自查权重 40", "问卷权重 30"],
        "trend": [90, 92, None, 95],
        "amount": Decimal("-12500.5"),
        "table": table,
        "drawings": drawings(),
        "form": form,
        "job": JOB,
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    page = engines["django"].from_string(PAGE.read_text(encoding="utf-8"))
    return HttpResponse(page.render(values, request), status=status)


def progress(request: HttpRequest) -> HttpResponse:
    return render(request, "components/job.html", {"job": JOB, "poll_url": "/gallery/job/"})


urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/job/", progress, name="gallery-job"),
    *site,
]
