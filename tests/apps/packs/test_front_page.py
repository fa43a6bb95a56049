"""What a regulation says about itself, on its page and in print."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.apps.packs import tiny
from tests.people import People, make_people
from zhijian.foundation import clock
from zhijian.intake.workbooks.template import write_template
from zhijian.packs import queries, services
from zhijian.packs.files import load_pack
from zhijian.packs.models import PackVersion
from zhijian.packs.printing.regulation import regulation
from zhijian.reports.papers import assessment, forms

pytestmark = pytest.mark.django_db

PACKS = Path(__file__).parents[3] / "packs"
NOTICE = "未经公司书面授权，不得复制或引用任何片断"


@pytest.fixture
def people() -> People:
    return make_people()


def page(people: People, row: PackVersion, name: str = "version", language: str = "zh-hans") -> str:
    client = Client(headers={"accept-language": language})
    client.force_login(people.clerk)
    return client.get(reverse(f"packs:{name}", args=[row.pk])).content.decode()


def published(more: str = "", **files: str) -> PackVersion:
    row = tiny.draft(pack=tiny.contents()["pack.yaml"] + more, **files)
    return services.publish(row.pk, None, clock.now())


def delivered(name: str) -> PackVersion:
    """One of the regulations that come with the program, as it stands in its folder."""
    return services.load_from_folder(PACKS / name, None, clock.now())


def printed(name: str, language: str = "zh") -> str:
    return regulation(load_pack(PACKS / name), "0" * 64, language)  # type: ignore[arg-type]


@pytest.mark.req("POL-03")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "government-service-center",
            ("DB51/T 1173—2010", "四川省标准化研究院", "四川省质量技术监督局", "2010-10-13"),
        ),
        ("restaurant-service-inspection", ("人事部", "2013-12-16", "公司餐厅各岗位")),
        ("service-report-process", ("SD-02002", "公司相关各部门")),
    ],
)
def test_the_header_is_printed_and_shown_in_full(
    people: People, name: str, told: tuple[str, ...]
) -> None:
    paper, shown = printed(name), page(people, delivered(name))

    for each in told:
        assert each in paper
        assert each.replace("2010-10-13", "2010年10月13日").replace(
            "2013-12-16", "2013年12月16日"
        ) in shown.replace(" ", "").replace("DB51/T1173", "DB51/T 1173")


@pytest.mark.req("POL-10")
@pytest.mark.parametrize(
    ("name", "interprets", "supplements"),
    [
        ("unit-service-quality", "服务质量管理委员会", "服务质量管理委员会"),
        ("quarterly-service-quality", "公司服务质量管理委员会", ""),
    ],
)
def test_who_interprets_and_who_supplements_is_told(
    people: People, name: str, interprets: str, supplements: str
) -> None:
    paper, shown = printed(name), page(people, delivered(name))

    assert f"- 解释: {interprets}\n" in paper
    assert f"<dt>解释</dt><dd>{interprets}</dd>" in shown
    assert (f"- 补充: {supplements}\n" in paper) == bool(supplements)
    assert (f"<dt>补充</dt><dd>{supplements}</dd>" in shown) == bool(supplements)


@pytest.mark.req("POL-18")
@pytest.mark.parametrize(
    ("name", "mechanism"),
    [
        ("center-service-supervision", "中心监管、员工自律和社会监督相结合"),
        ("telecom-service-supervision", "政府监管、企业自律、社会监督相结合"),
    ],
)
def test_the_supervision_mechanism_is_told(people: People, name: str, mechanism: str) -> None:
    assert f"- 机制: {mechanism}\n" in printed(name)
    assert f"<dt>监督机制</dt><dd>{mechanism}</dd>" in page(people, delivered(name))


@pytest.mark.req("POL-22")
def test_the_normative_references_are_listed(people: People) -> None:
    name = "telecom-service-supervision"

    assert "**引用**: 中华人民共和国电信条例" in printed(name)
    assert "**References**: Telecommunications Regulations" in printed(name, "en")
    assert "<dt>规范性引用</dt><dd>中华人民共和国电信条例" in page(people, delivered(name))


@pytest.mark.req("POL-15")
def test_the_copyright_notice_stands_on_every_page_and_print(people: People) -> None:
    row = published(f"copyright: {NOTICE}\n")
    for name in ("version", "coverage", "examples", "values", "changes", "files", "signatures"):
        assert f'<p class="copyright">{NOTICE}</p>' in page(people, row, name)

    assert f"- 版权: {NOTICE}\n" in regulation(queries.typed(row.pk), row.digest)
    assert "- Copyright: Texts, formats" in printed("service-report-process", "en")


@pytest.mark.req("POL-15")
def test_the_copyright_notice_stands_at_the_foot_of_every_paper() -> None:
    pack = {"id": "x", "version": "1.0", "digest": "0" * 64, "title": "办法", "copyright": NOTICE}
    data = {
        "pack": pack,
        "period": "2024Q1",
        "title": "考核",
        "results": [],
        "facts": [],
        "unconfirmed": [],
    }
    for content in (assessment.render(data), forms.results_list(data)):
        for each in PdfReader(io.BytesIO(content)).pages:
            text = each.extract_text().replace("\n", "").replace(" ", "")
            assert NOTICE in text
            assert "x1.0" in text


@pytest.mark.req("POL-15")
def test_the_copyright_notice_stands_in_the_workbook(people: People) -> None:
    row = published(f"copyright: {NOTICE}\n")
    book = openpyxl.load_workbook(io.BytesIO(write_template(queries.typed(row.pk), row.digest)))

    guide = [cell.value for line in book.worksheets[0].iter_rows() for cell in line]
    assert NOTICE in guide


TERMS = """\
- title: {zh: 窗口, en: counter}
  aliases: [{zh: 柜台, en: desk}]
  definition: {zh: 直接服务群众的地方。, en: Where people are served.}
  cites: 第一条
"""
ARTICLES = """\
- number: 第一条
  title: 目的
  text: {zh: 提高柜台服务质量。, en: Better service at the desk.}
  coverage: manual
- {number: 第二条, title: 考核, text: 窗口计分。, coverage: automatic, block: 评估指标}
"""


@pytest.mark.req("POL-16")
def test_a_term_is_explained_in_the_glossary_and_where_it_stands(people: People) -> None:
    row = published(terms=TERMS, articles=ARTICLES)
    shown, english = page(people, row), page(people, row, language="en")

    link = '<a class="term" href="#term-1" title="直接服务群众的地方。">{}</a>'
    assert '<dt id="term-1"><dfn>窗口</dfn>' in shown
    assert "又称：柜台" in shown
    assert f"<p>提高{link.format('柜台')}服务质量。</p>" in shown
    assert f"<p>{link.format('窗口')}计分。</p>" in shown
    assert 'title="Where people are served.">desk</a>' in english
    assert "- **窗口** (柜台): 直接服务群众的地方。 [第一条]" in regulation(
        queries.typed(row.pk), row.digest
    )


@pytest.mark.req("POL-16")
def test_the_five_terms_of_the_service_center_are_printed_with_their_clauses() -> None:
    chinese, english = (printed("government-service-center", language) for language in ("zh", "en"))

    for name, clause in (
        ("政务服务中心", "2.1"),
        ("政务服务", "2.2"),
        ("服务事项", "2.3"),
        ("两集中两到位", "2.4"),
        ("首席代表", "2.5"),
    ):
        lines = [each for each in chinese.splitlines() if each.startswith(f"- **{name}**")]
        assert [each for each in lines if each.endswith(f"[{clause}]")]
    assert "- **two concentration two in place**: " in english


def other(effective: str, more: str = "", points: str = "20") -> PackVersion:
    files = tiny.contents("1.0", effective)
    files["pack.yaml"] = (
        files["pack.yaml"]
        .replace("id: tiny", "id: other")
        .replace("窗口服务办法, en: Counter service", "新办法, en: New rules")
    )
    files["pack.yaml"] += more
    name = "parameters/points_per_complaint.yaml"
    files[name] = files[name].replace('value: "10"', f'value: "{points}"')
    files["examples/desk.yaml"] = files["examples/desk.yaml"].replace(
        'score: "90"}\n', f'score: "{ {"20": 86, "10": 90}[points] }"}}\n'
    )
    row = services.load_from_contents(files, None, clock.now())
    return services.publish(row.pk, None, clock.now())


@pytest.mark.req("POL-09")
def test_a_newer_regulation_of_one_issuer_overrides_and_both_pages_say_so(people: People) -> None:
    older = tiny.published(effective="2023-01-01")
    newer = other("2024-01-01", "overrides: 此前有关规定与本办法相抵触的，以本办法为准\n")

    old, new = page(people, older), page(people, newer)

    assert "《新办法》</a>相抵触的，以该制度为准" in old
    assert "此前有关规定与本办法相抵触的，以本办法为准" in old
    assert "《窗口服务办法》</a>与本制度相抵触的，以本制度为准" in new
    for shown in (old, new):
        assert "<td>20</td><td><s>10</s></td>" in shown
        assert "每次投诉扣分" in shown


@pytest.mark.req("POL-09")
def test_a_paper_under_an_overridden_regulation_says_what_prevails() -> None:
    pack = {
        "id": "x",
        "version": "1.0",
        "digest": "0" * 64,
        "prevailing": [["新办法", "New rules"]],
    }
    data = {"pack": pack, "period": "2024Q1", "title": "考核", "results": [], "facts": []}
    for content in (assessment.render(data), forms.results_list(data)):
        (page,) = PdfReader(io.BytesIO(content)).pages
        assert "与《新办法》相抵触的，以该制度为准" in page.extract_text().replace("\n", "")
    english = assessment.render({**data, "language": "en"})
    (page,) = PdfReader(io.BytesIO(english)).pages
    assert "Where “New rules” contradicts it" in page.extract_text().replace("\n", " ")


@pytest.mark.req("POL-09")
def test_nothing_is_overridden_without_the_words_or_before_the_day(people: People) -> None:
    older = tiny.published(effective="2023-01-01")
    newer = other("2024-01-01")
    assert "override" not in page(people, older) + page(people, newer)

    late = tiny.draft("1.1", "2190-01-01")
    assert queries.overridden_by(queries.version_ref(late.pk)) == ()  # type: ignore[arg-type]


def test_a_draft_with_faults_overrides_nothing() -> None:
    row = tiny.draft(articles="- {}\n")
    ref = queries.version_ref(row.pk)

    assert ref is not None
    assert queries.overriding(ref) == queries.overridden_by(ref) == ()
