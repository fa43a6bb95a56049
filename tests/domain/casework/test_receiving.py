"""How what comes from outside is received is read strictly, and the public acts only as itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.domain.casework.complaints import CALENDAR, OFFICE, changed, problems, read
from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.receiving import Receiving
from zhijian.domain.casework.who import PLATFORM, PUBLIC
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Unit
from zhijian.foundation.wording import catalogue

AT = datetime.fromisoformat("2024-06-20T10:00:00+08:00")
FACTS = """facts:
  - {id: phone, title: {zh: 电话, en: Phone}, type: text, personal: true}
  - {id: channel, title: {zh: 渠道, en: Channel}, type: choice, options: [电话, 网页]}
  - {id: heard_at, title: {zh: 接到时间, en: Heard at}, type: moment, time: past}
  - {id: place, title: {zh: 门店, en: Shop}, type: unit}
"""
RECEIVING = """receiving:
  step: register
  account: account
  channel: channel
  phone: phone
  received: heard_at
  cause: subject
  answer: answer
  public: {step: report, channel: 网页}
levels:
"""
STEP = """steps:
  - id: report
    title: {zh: 我要投诉, en: Complain}
    to: open
    by: [public]
    needs: [channel, subject]
    may: [account, phone, injured, heard_at]
    level: proposed
    starts: [handling]
  - id: place
    title: {zh: 转门店, en: Pass on}
    from: [open]
    by: [office]
    needs: [place]
    assigns: {unit: place}
"""
PAIRS = (
    ("facts:\n", FACTS),
    ("levels:\n", RECEIVING),
    ("steps:\n", STEP),
    ("may: [account, secret]", "may: [account, secret, channel, phone, heard_at]"),
)


def with_receiving(*pairs: tuple[str, str]) -> dict[str, str]:
    return changed(*PAIRS, *pairs)


def kind_pack() -> Pack:
    pack = read(with_receiving())
    assert isinstance(pack, Pack), pack
    return pack


def around(pack: Pack) -> Circumstances:
    return Circumstances(pack.law(AT.date()), pack.limits, CALENDAR, Unit("示例店"))


def test_what_a_kind_receives_is_read() -> None:
    receiving = kind_pack().cases["complaint"].receiving

    assert receiving == Receiving(
        "register", "account", "channel", "phone", "", "heard_at", "subject", "answer",
        "report", "网页",
    )  # fmt: skip
    assert receiving.filled == ("channel", "heard_at")


def test_only_what_is_needed_suffices() -> None:
    least = "receiving:\n  step: register\n  account: account\n  channel: channel\nlevels:\n"
    pack = read(with_receiving((RECEIVING, least)))

    assert isinstance(pack, Pack)
    found = pack.cases["complaint"].receiving
    assert found == Receiving("register", "account", "channel")
    assert found.filled == ("channel",)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("step: register\n", "step: answer\n", "casework.receiving_step"),
        ("step: register\n", "step: report\n", "casework.receiving_step"),
        ("step: report, channel", "step: register, channel", "casework.public_step"),
        ("step: report, channel", "step: withdraw, channel", "casework.public_step"),
        ("channel: 网页}", "channel: 微信}", "casework.public_channel"),
        ("  answer: answer\n", "  answer: account\n", "casework.answer_personal"),
        ("  phone: phone\n", "  phone: answer\n", "casework.not_personal"),
        ("  cause: subject\n", "  cause: injured\n", "casework.fact_type"),
        ("  cause: subject\n", "  cause: reason\n", "casework.unknown_name"),
        ("  cause: subject\n", "  caused: subject\n", "policy.unknown_key"),
        ("may: [account, secret, channel, phone", "may: [account, secret, channel",
         "casework.receiving_asks"),
        ("may: [account, phone, injured", "may: [phone, injured", "casework.receiving_asks"),
        ("    needs: [satisfied]", "    needs: [satisfied, phone]", "casework.phone_later"),
        ("may: [account, phone, injured", "may: [account, phone, manager",
         "casework.public_cannot_know"),
        ("may: [account, phone, injured", "may: [account, phone, place",
         "casework.public_cannot_know"),
        ("    by: [public]\n", "    by: [public]\n    assigns: {owner: actor}\n",
         "casework.public_cannot_own"),
    ],
)  # fmt: skip
def test_what_cannot_be_received_so_is_refused(old: str, new: str, code: str) -> None:
    found = problems(with_receiving((old, new)))

    assert [each for each, _ in found][:1] == [code]
    assert code in catalogue()


def test_the_public_may_name_the_unit_that_a_case_is_given_to() -> None:
    named = with_receiving(
        ("may: [account, phone, injured", "assigns: {unit: place}\n    may: [account, phone, place")
    )

    assert problems(named) == []


def test_the_public_opens_a_case_and_does_nothing_else() -> None:
    pack = kind_pack()
    own = around(pack)
    facts = {"channel": "网页", "subject": "茶水"}

    course = advance(Course(pack.cases["complaint"]), Asked("report", PUBLIC, facts), AT, own)

    assert isinstance(course, Course)
    assert (course.state, course.opener, course.level) == ("open", "", "small")
    assert [each.step.id for each in open_steps(course, PUBLIC, AT, own) if each.is_open] == []
    assert "place" in [each.step.id for each in open_steps(course, OFFICE, AT, own) if each.is_open]


@pytest.mark.parametrize("who", [PLATFORM, OFFICE])
def test_nobody_else_acts_as_the_public(who: object) -> None:
    pack = kind_pack()
    asked = Asked("report", who, {"channel": "网页", "subject": "茶水"})  # type: ignore[arg-type]

    refused = advance(Course(pack.cases["complaint"]), asked, AT, around(pack))

    assert isinstance(refused, tuple)
    assert [each.code for each in refused if isinstance(each, Problem)] == ["casework.not_entitled"]


def test_anyone_means_the_people_of_the_house() -> None:
    pack = read(with_receiving(("    by: [opener]", "    by: [anyone]")))
    assert isinstance(pack, Pack)
    own = around(pack)
    facts = {"channel": "网页", "subject": "茶水"}
    course = advance(Course(pack.cases["complaint"]), Asked("report", PUBLIC, facts), AT, own)

    assert isinstance(course, Course)
    assert "withdraw" not in [s.step.id for s in open_steps(course, PUBLIC, AT, own) if s.is_open]
    assert "withdraw" in [s.step.id for s in open_steps(course, OFFICE, AT, own) if s.is_open]
