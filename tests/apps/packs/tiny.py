"""A very small regulation as files, for tests that change it."""

from __future__ import annotations

from textwrap import dedent

from zhijian.accounts.models import User
from zhijian.foundation import clock
from zhijian.packs import services
from zhijian.packs.models import PackVersion

PACK_ID = "tiny"


def contents(version: str = "1.0", effective: str = "2024-01-01", **files: str) -> dict[str, str]:
    """Return the files; a keyword such as ``parameters__pass_mark`` replaces or empties one."""
    found = {
        "pack.yaml": f"""\
            id: tiny
            title: {{zh: 窗口服务办法, en: Counter service}}
            version: "{version}"
            effective: {effective}
            issuer: 中心
            interpreted_by: 综合科
            principles: [公平, 公开]
            units: [大厅]
            """,
        "articles.yaml": """\
            - {number: 第一条, title: 目的, text: 提高服务质量。, coverage: manual}
            - {number: 第二条, title: 考核, text: 计分。, coverage: automatic, block: 评估指标}
            - {number: 第三条, title: 培训, text: 每年培训。, coverage: not_covered, block: 培训}
            """,
        "parameters/weights.yaml": """\
            id: weights
            title: {zh: 权重, en: Weights}
            kind: weights
            unit: percent
            entries:
              - starts: 2024-01-01
                value: {inspection: "60", complaints: "40"}
                cites: 第二条
                proposed: true
            verified_until: 2030-12-31
            """,
        "parameters/points_per_complaint.yaml": """\
            id: points_per_complaint
            title: {zh: 每次投诉扣分, en: Points per complaint}
            unit: point
            entries:
              - {starts: 2024-01-01, value: "10", cites: 第二条}
            verified_until: 2030-12-31
            """,
        "records/inspection.yaml": """\
            id: inspection
            title: {zh: 检查, en: Inspection}
            cites: 第二条
            fields:
              - id: score
                title: {zh: 得分, en: Score}
                type: decimal
                required: true
                at_least: "0"
                at_most: "100"
            """,
        "records/complaint.yaml": """\
            id: complaint
            title: {zh: 投诉, en: Complaint}
            cites: 第二条
            absence: none_happened
            fields:
              - {id: content, title: {zh: 内容, en: Content}, type: text}
            """,
        "scoring/desk.yaml": """\
            id: desk
            title: {zh: 窗口考核, en: Counter assessment}
            cites: 第二条
            subject: {zh: 窗口, en: Counter}
            periods: [quarter]
            lines:
              - {id: inspection, title: 检查得分, cites: 第二条, mean: {of: inspection.score}}
              - {id: number_of_complaints, title: 投诉次数, cites: 第二条, count: {of: complaint}}
              - id: complaints
                title: 投诉得分
                cites: 第二条
                deduct: {start: "100", per: {number_of_complaints: parameter.points_per_complaint}}
                floor: "0"
              - id: total
                title: 得分
                cites: 第二条
                weighted_mean: {of: [inspection, complaints], weights: parameter.weights}
                round: {places: 2}
            score: total
            """,
        "examples/desk.yaml": """\
            - name: 检查 90、投诉一次，得 90 分
              ask: assess
              given:
                period: 2024Q1
                unit: 大厅
                records:
                  inspection: [{on: 2024-02-01, score: "90"}]
                  complaint: [{on: 2024-02-02}]
              expect: {status: assessed, score: "90"}
            """,
    }
    texts = {path: dedent(text) for path, text in found.items()}
    for name, text in files.items():
        texts[name.replace("__", "/") + ".yaml"] = dedent(text)
    return {path: text for path, text in texts.items() if text}


def draft(version: str = "1.0", effective: str = "2024-01-01", **files: str) -> PackVersion:
    """Store the pack as a draft."""
    return services.load_from_contents(contents(version, effective, **files), None, clock.now())


def published(
    version: str = "1.0", effective: str = "2024-01-01", actor: User | None = None, **files: str
) -> PackVersion:
    """Store the pack and publish it."""
    row = draft(version, effective, **files)
    return services.publish(row.pk, actor, clock.now())
