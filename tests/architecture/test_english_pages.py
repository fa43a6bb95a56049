"""Every address, asked in English by everybody who may: no Chinese but data.

What people named or wrote (units, persons, customers, reasons) and the numbers of documents stay
as they are; all other words of page, paper, workbook and list are English. Pages mark such data
with ``translate="no"`` where they stand alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import corrections
from tests.architecture import access_table
from tests.architecture.example_urls import EXAMPLES
from tests.people import People
from tests.quarters import Quarter, make_quarter
from tests.reading import texts_of
from zhijian.accounts.models import User
from zhijian.assessments.models import Assessment, TrialRun
from zhijian.assessments.services import objecting
from zhijian.assessments.services.approving import publish
from zhijian.assessments.services.objecting import Plea
from zhijian.assessments.trial import run_trial
from zhijian.foundation import clock
from zhijian.intake.models import Record
from zhijian.organizations.models import Unit
from zhijian.outcomes.models import LedgerEntry
from zhijian.packs.services import Following, subscribe

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
#: Templates, papers of record and what was made of them stay Chinese; the trail and files are
#: sent as they are.
CHINESE_BY_NATURE = {"intake:template", "intake:marked", "packs:download", "foundation:file",
                     "accounts:audit_export", "papers:pdf", "papers:preview"}  # fmt: skip
#: Numbers of documents are names.
NUMBERS = re.compile(r"(质报|奖惩)\s*〔\d{4}〕\s*\d+\s*号")
#: What people of these stories, and of the rows behind the addresses, wrote or named.
WRITTEN = {
    "委员会会议确认", "数据有误", "试算", "整理", "取数", "通过。", "三楼", "全体", "公告栏",
    "季度考核结果", "奖品", "甲公司", "送货迟到", "上门迟到", "一号楼服务中心",
    "错发货物", "客户已书面撤回", corrections.REASON,
}  # fmt: skip
#: Whose rights differ; the others see what one of these sees.
VISITORS = ("clerk", "working_group", "committee", "auditor", "administrator",
            "security_administrator")  # fmt: skip

Arguments = dict[str, Callable[[People], dict[str, Any]]]


def waiting() -> Quarter:
    """A quarter that waits for much: records are missing, values unconfirmed, one objects."""
    quarter = make_quarter()
    first, second, *others = quarter.units
    for unit in others:
        quarter.complete(unit, valid=1)
    quarter.complete(first, score="94.5")
    quarter.enter("self_check", second, month="2024-01", score="96")
    EXAMPLES["intake:batch"](quarter.people)
    quarter.compute()
    sheet = quarter.sheet(quarter.people.unit.name)
    objecting.raise_objection(
        actor=quarter.people.clerk,
        sheet_id=sheet.pk,
        plea=Plea("valid_complaints", "客户已书面撤回", 0),
    )
    trial = TrialRun.objects.create(
        title="试算", version_id=quarter.version_id, scheme=quarter.assessment.scheme,
        changes={"points_per_complaint": 'value: "30"'}, assessments=[quarter.assessment.pk],
        by=quarter.people.working_group, at=clock.now(),
    )  # fmt: skip
    trial.result = run_trial(trial, [quarter.assessment], lambda *_progress: None)
    trial.save()
    return quarter


def corrected() -> Quarter:
    """A quarter that was published, corrected with a workbook sent in, and published again."""
    quarter = corrections.make_published()
    corrections.reopen(quarter)
    EXAMPLES["intake:batch"](quarter.people)
    corrections.finish(quarter)
    publish(actor=quarter.people.working_group, assessment_id=quarter.assessment.pk)
    return quarter


def arguments_of(quarter: Quarter) -> Arguments:
    """Arguments that lead into the story, where the usual ones lead to the smallest row."""
    version, pack = {"version_id": quarter.version_id}, {"pack_id": quarter.book.pack_id}
    book = {**pack, "period": quarter.book.period.id}
    assessment = {"assessment_id": quarter.assessment.pk}
    sheet = {"sheet_id": quarter.sheet(quarter.people.unit.name).pk}
    line = {**sheet, "line": "valid_complaints"}
    record = Record.objects.filter(kind="complaint", unit=quarter.people.unit).first()
    told: dict[str, dict[str, Any]] = {
        **{f"packs:{name}": version for name in (
            "version", "coverage", "examples", "changes", "values", "distribution", "training",
            "files", "new_version", "check", "read", "publish", "delete_draft", "add_file",
        )},
        **{f"packs:{name}": pack for name in ("pack", "review", "follow")},
        "packs:value": {**version, "parameter": "weights"},
        "packs:file": {**version, "path": "articles.yaml"},
        "packs:delete_file": {**version, "path": "articles.yaml"},
        "packs:end_following": {**pack, "subscription_id": _subscription(quarter)},
        **{f"assessments:{name}": assessment for name in (
            "matrix", "approve", "editions", "objections", "reopen", "send_back", "meeting",
        )},
        **{f"assessments:{name}": sheet for name in ("sheet", "impact", "confirm_grade")},
        "assessments:export": {**assessment, "form": "csv"},
        "assessments:line": line,
        "assessments:object": line,
        "reports:sheet": sheet,
        **{f"intake:{name}": {**book, "kind": "complaint"} for name in ("records", "enter")},
        "intake:export": {**book, "kind": "complaint", "form": "csv"},
        **({"intake:record": {"record_id": record.pk}} if record else {}),
    }  # fmt: skip
    trial = TrialRun.objects.first()
    if trial is not None:
        told["assessments:trial"] = {"run_id": trial.pk}
    entry = LedgerEntry.objects.filter(unit=quarter.people.unit).last()
    if entry is not None:
        told |= {name: {"entry_id": entry.pk} for name in ("outcomes:entry", "reports:decision")}
        of_assessment = ("results", "workbook", "meeting")
        told |= {f"reports:{name}": assessment for name in of_assessment}
    return {name: (lambda _people, own=own: own) for name, own in told.items()}


def _subscription(quarter: Quarter) -> int:
    following = Following(quarter.people.unit.pk, "must", quarter.book.period.first)
    return subscribe(quarter.book.pack_id, following, None).pk


def data() -> list[str]:
    """What people named and wrote, the longest first."""
    told = set(WRITTEN) | set(Unit.objects.values_list("name", flat=True))
    told |= set(User.objects.values_list("display_name", flat=True))
    for values in Record.objects.values_list("values", flat=True):
        told |= {values.get(name, "") for name in ("customer", "content", "checked_by", "number")}
    return sorted((each for each in told if CHINESE.search(each)), key=len, reverse=True)


def remnants(texts: list[str], known: list[str]) -> Iterator[str]:
    """Yield the texts that hold Chinese beyond what is known as data."""
    for text in texts:
        rest = NUMBERS.sub("", text)
        for each in known:
            rest = rest.replace(each, "")
        if CHINESE.search(rest):
            yield text[:160]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("story", [waiting, corrected])
def test_no_answer_in_english_holds_chinese_but_data(story: Callable[[], Quarter]) -> None:
    quarter = story()
    examples = {**EXAMPLES, **arguments_of(quarter)}
    cookies = {name: _signed_in(quarter.people, name) for name in VISITORS}
    state = Assessment.objects.filter(pk=quarter.assessment.pk).values()[0]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for _route, name, method, *cells in access_table.read():
        if name in CHINESE_BY_NATURE or name == "api-missing":
            continue
        with transaction.atomic():
            arguments = examples[name](quarter.people) if name in examples else {}
            # The rows of the usual examples bend the assessment to their needs.
            Assessment.objects.filter(pk=quarter.assessment.pk).update(**state)
            path, known = reverse(name, kwargs=arguments), data()
            let_in = dict(zip(access_table.VISITORS, cells, strict=True))
            for who in VISITORS:
                if let_in[who] == "yes":
                    answer = _ask(method, path, cookies[who])
                    found[f"{name} {method}"] |= set(remnants(texts_of(answer), known))
            transaction.set_rollback(True)
    told = [f"{name}: {text}" for name, texts in sorted(found.items()) for text in sorted(texts)]
    assert not told, "Chinese in English answers:\n" + "\n".join(told)


def _signed_in(people: People, name: str) -> SimpleCookie:
    client = Client()
    client.force_login(getattr(people, name))
    client.get(reverse("healthz"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.cookies


def _ask(method: str, path: str, jar: SimpleCookie) -> Any:
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(jar.output(header="", sep=";"))
    with transaction.atomic():
        answer = client.generic(method, path)
        if answer.status_code == 302:
            answer = client.get(answer["Location"])
        transaction.set_rollback(True)
    return answer
