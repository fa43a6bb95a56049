"""The reports and minutes of the sample: written from what the results say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from zhijian.assessments import queries as assessments
from zhijian.packs import queries as packs
from zhijian.reports.services import meetings, reporting

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment

#: Where ``make run`` serves; figures on the archived papers lead there.
_SITE = "http://127.0.0.1:8000"
_OUTLINE = "analysis"


def deliver(author: User, assessment: Assessment) -> None:
    """Write the analysis report of a decided quarter and hand it over."""
    report = reporting.begin(actor=author, assessment_id=assessment.pk, outline_id=_OUTLINE)
    reporting.save_texts(actor=author, report_id=report.pk, texts=_texts(author, assessment))
    place = reverse("reports:figure", kwargs={"key": "F0-0-0"}).removesuffix("F0-0-0/")
    reporting.deliver(
        actor=author,
        report_id=report.pk,
        recipients="质量管理委员会、各部门",
        figure_url=f"{_SITE}{place}",
    )


def keep_minutes(author: User, assessment: Assessment) -> None:
    """Keep what the analysis meeting of a decided quarter settled."""
    weakest = assessments.sheets_seen(author, assessment).order_by("score").first()
    if weakest is None or assessment.meeting_on is None:
        return
    told = meetings.NewMinutes(
        held_on=assessment.meeting_on,
        place="公司三楼会议室",
        attended="质量管理委员会成员、工作组、各部门负责人及质量员",
        text=f"听取本季服务质量分析报告。{weakest.unit_name}说明失分原因和整改安排，"
        "会议同意报告提出的解决办法，由工作组在下季抽查时复核。",
    )
    meetings.save_minutes(actor=author, assessment_id=assessment.pk, told=told)


def _texts(author: User, assessment: Assessment) -> dict[str, str]:
    """What the working group writes, led by the two units and the part that lost most."""
    scheme = packs.typed_of(assessment.pack_version).schemes[assessment.scheme]
    sheets = list(assessments.sheets_seen(author, assessment).order_by("score")[:2])
    last, before = sheets[0], sheets[1]
    lowest = min(last.components, key=lambda each: float(each["score"] or 100))
    part = scheme.line(lowest["id"]).title.zh
    return {
        "problems": f"一、{last.unit_name}得分最低（{last.score:.2f} 分），失分主要在“{part}”"
        f"（{float(lowest['score'] or 0):.2f} 分）。\n"
        f"二、{before.unit_name}得分次低（{before.score:.2f} 分），扣分分散在抽查和回访中。\n"
        "三、个别部门自查记录填写笼统，没有写明发现问题的地点和责任人。",
        "causes": f"{last.unit_name}的问题集中在同一环节，属系统性原因：交接时没有书面确认，"
        "客户来电由值班人员口头转告，答复时限无人跟踪。其余部门的扣分分散在不同人员和不同时段，属偶发。",
        "solutions": f"一、{last.unit_name}在一个月内制定交接确认单并培训全部值班人员，"
        "由部门负责人负责。\n"
        "二、工作组下季把上述环节列为必查项目，抽查不少于三次。\n"
        "三、各部门质量员自查时注明地点、责任人和记录编号，自下月起执行。",
    }
