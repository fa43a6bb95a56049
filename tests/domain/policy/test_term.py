"""The glossary: read strictly, compared, and found where its terms stand."""

from __future__ import annotations

import pytest

from tests.domain import tiny
from tests.golden.test_examples import PACKS
from zhijian.domain.policy.parameter import Citation
from zhijian.domain.policy.term import Piece, explained
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.difference import differences
from zhijian.domain.words import Words
from zhijian.packs.calendars import load_calendar

TERMS = """
    - title: {zh: 政务服务, en: service}
      definition: {zh: 依法办理服务事项。, en: Handling items by law.}
      cites: 第一条
    - title: {zh: 政务服务中心, en: service center}
      aliases: [{zh: 本中心, en: the center}, 中心]
      definition: 组织协调的机构。
      cites: {document: 另一标准, clause: "2.1"}
    """


def pack(terms: str = TERMS):
    return tiny.pack({"terms.yaml": terms})


@pytest.mark.req("POL-16")
def test_a_term_has_name_aliases_definition_and_the_clause_it_comes_from() -> None:
    service, center = pack().terms

    assert service.title == Words("政务服务", "service")
    assert service.cites == Citation("小办法", "第一条")
    assert (service.aliases, center.cites) == ((), Citation("另一标准", "2.1"))
    assert center.names("zh") == ("政务服务中心", "本中心", "中心")
    assert center.names("en") == ("service center", "the center", "中心")
    assert tiny.pack().terms == ()


@pytest.mark.parametrize(
    ("terms", "problem"),
    [
        ("- {title: 甲, cites: 第一条}", "policy.key_missing"),
        ("- {title: 甲, definition: 乙}", "policy.key_missing"),
        ("- {definition: 乙, cites: 第一条}", "policy.key_missing"),
        ("- {title: 甲, definition: 乙, cites: 第一条, alias: 丙}", "policy.unknown_key"),
        ("- {title: 甲, aliases: [甲], definition: 乙, cites: 第一条}", "policy.id_twice"),
        ("- {title: 甲, definition: 乙, cites: 第一条}\n" * 2, "policy.id_twice"),
        ("title: 甲", "policy.not_a_list"),
        (
            f"- {{title: 甲, aliases: [{'甲' * 201}], definition: 乙, cites: 第一条}}",
            "policy.too_long",
        ),
        (
            f"- {{title: 甲, aliases: [{{zh: 乙, en: {'x' * 201}}}], definition: 乙, cites: 一}}",
            "policy.too_long",
        ),
    ],
)
def test_a_broken_glossary_is_told_at_its_place(terms: str, problem: str) -> None:
    found = tiny.problems({"terms.yaml": terms})

    assert [(code, where.split(":")[0]) for code, where in found] == [(problem, "terms.yaml")]


def test_a_definition_must_cite_an_article_and_carries_none_out() -> None:
    articles = "- {number: 第一条, title: 考核, text: 考核。, coverage: automatic}\n"
    strange = TERMS.replace("cites: 第一条", "cites: 第九条")
    calendar = load_calendar(PACKS / "calendar-cn")

    problems, _ = check_pack(
        tiny.pack({"terms.yaml": strange, "articles.yaml": articles}), calendar
    )
    told = {(each.code, each.where) for each in problems}

    assert ("policy.unknown_article", "terms.yaml") in told
    alone = {"terms.yaml": TERMS, "articles.yaml": articles, "parameters/limit.yaml": ""}
    cited, _ = check_pack(tiny.pack(alone), calendar)
    assert "policy.article_not_carried_out" in {each.code for each in cited}


def test_a_new_version_says_which_terms_it_adds_changes_and_removes() -> None:
    other = TERMS.replace("依法办理", "办理").replace("政务服务中心, en", "办事大厅, en")
    found = [
        (each.code, dict(each.facts)["title"])
        for each in differences(pack(), pack(other))
        if each.where == "terms.yaml"
    ]

    assert found == [
        ("difference.term_added", "办事大厅"),
        ("difference.term_removed", "政务服务中心"),
        ("difference.term_changed", "政务服务"),
    ]


@pytest.mark.req("POL-16")
@pytest.mark.parametrize(
    ("text", "language", "pieces"),
    [
        # the longer name goes first, and each term is explained once
        (
            "政务服务中心办理政务服务，中心和政务服务。",
            "zh",
            [("政务服务中心", 1), ("办理", None), ("政务服务", 0), ("，中心和政务服务。", None)],
        ),
        ("Services of THE CENTER.", "en", [("Services of ", None), ("THE CENTER", 1), (".", None)]),
        ("service", "en", [("service", 0)]),
        ("无", "zh", [("无", None)]),
        ("", "zh", [("", None)]),
    ],
)
def test_terms_are_found_where_they_stand(
    text: str, language: str, pieces: list[tuple[str, int | None]]
) -> None:
    found = explained(text, pack().terms, language)

    assert found == tuple(Piece(*each) for each in pieces)
    assert "".join(each.text for each in found) == text


def test_a_regulation_without_glossary_explains_nothing() -> None:
    assert explained("政务服务", (), "zh") == (Piece("政务服务"),)
