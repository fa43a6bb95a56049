"""Reading a whole pack: what fits together, what does not, and what only follows from it."""

from __future__ import annotations

import pytest

from tests.domain.regulation.department import files
from tests.domain.tiny import FILES, pack, parameter, problems, raws, read, scheme, work
from zhijian.domain.policy.raw import Fields, Raw, Reading, Unquoted
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.domain.regulation.rejudge import gaps

A = "- {id: a, title: 甲, value: '1'}\n"


def codes(changed: dict[str, str]) -> list[str]:
    return [code for code, _ in problems(changed)]


def test_two_files_with_one_name_are_refused() -> None:
    assert codes({"parameters/other.yaml": FILES["parameters/limit.yaml"]}) == ["policy.id_twice"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("{id: a, title: a, type: choice}", "policy.key_missing"),
        ("{id: a, title: a, type: reference}", "policy.key_missing"),
        ("{id: a, title: a, type: reference, to: customer}", "policy.key_missing"),
        ("{id: a, title: a, type: decimal, part_of_total: true}", "policy.key_missing"),
        ("{id: a, title: a, type: decimal, places: 11}", "policy.out_of_range"),
        ("{id: a, title: a, type: text, max_length: 0}", "policy.out_of_range"),
        ("{id: a, title: a, type: money}", "policy.unknown_word"),
        ("{id: a, title: [a], type: text}", "policy.not_a_text"),
        ("{id: a, title: {zh: a, fr: b}, type: text}", "policy.unknown_key"),
        ("{id: a, title: a, type: text, required: 1}", "policy.not_a_flag"),
        ("{id: a, title: a, type: decimal, at_least: true}", "policy.not_a_number"),
        ("{id: a, title: a, type: decimal, at_least: [1]}", "policy.not_a_number"),
        ("{id: a, title: a, type: decimal, at_least: {b: 1}}", "policy.not_a_number"),
    ],
)
def test_a_field_that_means_nothing_is_refused(field: str, code: str) -> None:
    assert codes({"records/r.yaml": f"id: r\ntitle: r\nfields:\n  - {field}\n"}) == [code]


def test_a_total_is_one_of_the_fields() -> None:
    text = "id: r\ntitle: r\ntotal: %s\nfields: [{id: a, title: a, type: decimal}]\n"

    assert codes({"records/r.yaml": text % "a"}) == []
    assert codes({"records/r.yaml": text % "b"}) == ["records.unknown_field"]


def test_what_an_absence_means_is_a_word_or_a_kind() -> None:
    text = "id: r\ntitle: r\nabsence: %s\nfields: []\n"

    assert codes({"records/r.yaml": text % "confirmation"}) == []
    assert codes({"records/r.yaml": text % "nothing"}) == ["policy.unknown_word"]


def test_a_day_that_is_a_text_is_refused() -> None:
    text = FILES["parameters/limit.yaml"].replace("2030-12-31", '"2030-12-31"')

    assert codes({"parameters/limit.yaml": text}) == ["policy.not_a_date"]


def test_a_choice_keeps_to_its_options() -> None:
    assert codes(parameter("mode", "c", "choice", "options: [a, b]\n")) == ["policy.unknown_word"]


def test_an_empty_table_is_refused() -> None:
    assert codes(parameter("t", "{}", "table")) == ["policy.empty_list"]


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("[{at_least: '1', is: a}, {below: '0', is: b}]", "policy.bands_gap"),
        ("[{at_least: '1', is: a}, {below: '2', is: b}]", "policy.bands_overlap"),
        ("[{at_least: '1', is: a}, {at_least: '5', is: b}]", "policy.bands_overlap"),
        ("[{at_least: '1', at_most: '2', below: '2', is: a}]", "policy.band_ends_contradict"),
        ("[{exactly: '1', above: '0', is: a}]", "policy.band_ends_contradict"),
        ("[{at_least: '1'}]", "policy.key_missing"),
    ],
)
def test_bands_tile_the_scale(bands: str, code: str) -> None:
    assert codes(parameter("b", bands, "bands")) == [code]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("periods: []", "policy.key_missing"),
        ("periods: [week]", "policy.unknown_word"),
    ],
)
def test_a_scheme_says_how_often(head: str, code: str) -> None:
    text = scheme("- {id: x, title: 得, value: '1'}")["scoring/main.yaml"]

    assert codes({"scoring/main.yaml": text.replace("periods: [quarter]", head)}) == [code]


def test_a_scheme_without_lines_is_refused() -> None:
    text = "id: main\ntitle: 考核\nsubject: 单位\nperiods: [year]\nlines: []\nscore: x\n"

    assert codes({"scoring/main.yaml": text}) == ["policy.empty_list"]


def test_components_are_stated_or_those_of_the_last_weighted_mean_or_the_score() -> None:
    def components(rest: str = "", lines: str = A + "- {id: x, title: 得, value: a}") -> object:
        return pack(scheme(lines, rest)).scheme().components

    weighted = A + "- {id: x, title: 得, weighted_mean: {of: [a]}}"
    assert components() == ("x",)
    assert components(lines=weighted) == ("a",)
    assert components("components: [x, a]") == ("x", "a")
    assert pack(scheme(A + "- {id: x, title: 得, value: a}")).scheme().line("a").name == "value"


def test_a_pack_may_have_several_schemes() -> None:
    second = scheme("- {id: x, title: 得, value: '1'}")["scoring/main.yaml"]
    found = pack({"scoring/b.yaml": second.replace("id: main", "id: b")})

    assert found.id == "tiny"
    assert found.scheme("b").id == "b"
    assert found.outcome_of("b") is None


OUTLINE = "id: o\ntitle: 报告\nparts:\n%s"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("  - {id: a, title: 一, figures: [{show: pie, title: 图}]}\n", "policy.unknown_word"),
        ("  - {id: a}\n", "policy.key_missing"),
        ("  []\n", "policy.empty_list"),
    ],
)
def test_an_outline_that_means_nothing_is_refused(parts: str, code: str) -> None:
    assert codes({"reports/o.yaml": OUTLINE % parts}) == [code]


def test_an_outline_names_its_figures() -> None:
    part = "  - {id: a, title: 一, figures: [{show: trend, title: 图, kind: check}]}\n"

    figure = pack({"reports/o.yaml": OUTLINE % part}).outlines["o"].parts[0].figures[0]

    assert (figure.show, figure.kind, figure.by) == ("trend", "check", "")


@pytest.mark.parametrize(
    ("broken", "others"),
    [
        # The score names the kind, the outcomes the scheme, the budget the parameter.
        ({"records/check.yaml": "id: check\n"}, {}),
        ({"scoring/main.yaml": "id: main\n"}, {}),
        ({"parameters/weights.yaml": "id: weights\n"}, {}),
        ({"parameters/limit.yaml": "title: 5\n"},
         {"budgets/b.yaml": "id: b\ntitle: b\nlimit: parameter.limit\nper: year\n"}),
    ],
)  # fmt: skip
def test_what_only_follows_from_a_broken_file_is_not_told(
    broken: dict[str, str], others: dict[str, str]
) -> None:
    found = problems({**files(), **others, **broken})

    assert {where.partition(":")[0] for _, where in found} == set(broken)


def test_a_file_that_could_not_be_parsed_is_not_missing() -> None:
    sound = raws({path: text for path, text in FILES.items() if path != "pack.yaml"})

    assert read_pack(sound, ["pack.yaml"]) == ()
    assert isinstance(read_pack(sound), tuple)
    assert [each.code for each in read_pack(sound)] == ["policy.file_missing"]  # type: ignore[union-attr]


def test_lines_below_a_broken_one_are_not_faulted_for_it() -> None:
    lines = "- {id: a, title: 甲, valeu: '1'}\n- 5\n- {id: x, title: 得, value: a}"

    assert codes(scheme(lines)) == ["scoring.one_step", "policy.not_a_mapping"]


def test_keys_and_values_know_their_place() -> None:
    raw = raws({"x.yaml": "a: [1]\nb: {c: 0.5}\n"})["x.yaml"]
    fields = Fields(Reading(), raw)

    assert fields.keys() == ("a", "b")
    inner = fields.need("b").value
    assert isinstance(inner, dict)
    assert inner["c"] == Raw(Unquoted("0.5"), "x.yaml", 2)
    assert inner["c"].where == "x.yaml:2"


def test_a_table_for_each_record_needs_an_answer_for_all_that_can_be_entered() -> None:
    def found(line: str) -> list[str]:
        kind = """
            id: deed
            title: 行
            fields:
              - {id: sort, title: 类, type: choice, options: [甲, 乙], required: true}
              - {id: rank, title: 级, type: choice, options: [轻, 重], required: true}
              - {id: free, title: 注, type: text}
              - {id: mark, title: 分, type: decimal, at_least: "0", at_most: "10"}
              - {id: any, title: 数, type: decimal}
            """
        return codes({"records/deed.yaml": kind, **scheme(f"- {{id: x, title: 得, {line}}}")})

    table = "sum: {of: deed, each: {table: %s, row: %s}}"
    two = "sum: {of: deed, each: {table: %s, row: sort, column: rank}}"
    bands = "sum: {of: deed.%s, each: {bands: %s}}"
    assert found(table % ("{甲: 1, 乙: 2}", "sort")) == []
    assert found(table % ("{甲: 1}", "sort")) == ["scoring.table_incomplete"]
    assert found(table % ("{甲: 1, 乙: 停}", "sort")) == ["scoring.table_incomplete"]
    assert found(table % ("{甲: 1}", "free")) == ["scoring.table_by_choice"]
    assert found("sum: {of: deed, each: {table: {甲: 1}}}") == ["policy.key_missing"]
    assert found(two % "{甲: {轻: 1, 重: 2}, 乙: {轻: 1, 重: 2}}") == []
    assert found(two % "{甲: {轻: 1, 重: 2}, 乙: {轻: 1}}") == ["scoring.table_incomplete"]
    assert found(bands % ("mark", "[{at_least: '0', at_most: '10', is: 1}]")) == []
    assert found(bands % ("mark", "[{at_least: '1', is: 1}]")) == ["scoring.bands_incomplete"]
    assert found(bands % ("any", "[{at_least: '1', is: 1}]")) == ["scoring.bands_incomplete"]
    assert found(bands % ("any", "[{below: '1', is: 1}]")) == ["scoring.bands_incomplete"]


def test_weights_may_be_lines_themselves() -> None:
    lines = A + (
        "- {id: b, title: 乙, value: '4'}\n- {id: none, title: 无, mean: check.points}\n"
        "- {id: cases, title: 件, value: '3'}\n"
        "- {id: x, title: 得, weighted_mean: {of: [a, b%s], weights: [cases, %s]%s}}"
    )

    # (1 × 3 + 4 × 1) ÷ 4
    assert work(lines % ("", "'1'", "")).value * 4 == 7
    assert work(lines % ("", "none", "")).reason == "input_missing"
    spread = work(lines % (", none", "'1', none", ", missing: spread"))
    assert spread.value * 4 == 7
    assert codes(scheme(lines % ("", "cases, cases", ""))) == ["scoring.weights_other_parts"]


def test_where_data_are_missing() -> None:
    lines = "- {id: a, title: 甲, mean: check.points}\n- {id: x, title: 得, add: [a, '1']}"

    assert [each.id for each in gaps(work(lines))] == ["a"]


def test_a_converted_measure_knows_its_table_before_records_are_read() -> None:
    lines = "- {id: x, title: 得, sum: {of: check.points, each: {bands: parameter.cut}}}"
    cut = parameter("cut", "[{below: '5', is: 1}, {at_least: '5', is: 2}]", "bands")
    found = pack({**cut, **scheme(lines)})

    asked = found.scheme().measures(found.law(found.header.effective))

    assert asked[0].each is not None
    assert asked[0].each.bands is found.parameters["cut"].values()[0]


def test_an_operand_is_no_other_text() -> None:
    assert isinstance(read(scheme(A + "- {id: x, title: 得, value: a}")), Pack)
    assert codes(scheme(A + "- {id: x, title: 得, value: unit.}")) == ["scoring.unknown_line"]
