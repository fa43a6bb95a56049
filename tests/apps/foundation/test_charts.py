"""What is drawn and what stands in the table are the same exact figures."""

from __future__ import annotations

from decimal import Decimal

from zhijian.foundation import charts


def test_figures_travel_exactly_and_a_gap_stays_a_gap() -> None:
    drawn = charts.Lines("走势", ("1月", "2月"), (charts.Series("得分", (Decimal("92.50"), None)),))

    assert drawn.spec()["series"] == [{"name": "得分", "values": ["92.50", None]}]
    assert drawn.table() == charts.Table(("", "得分"), (("1月", "92.50"), ("2月", "—")))


def test_a_pareto_sorts_its_causes_and_ends_at_the_whole() -> None:
    drawn = charts.Pareto("原因", {"态度": 1, "超时": 3}, links={"超时": "/rows/"})

    assert drawn.table().rows == (("超时", "3", "75.0 %"), ("态度", "1", "100.0 %"))
    assert drawn.spec()["categories"] == ("超时", "态度")
    assert drawn.spec()["links"] == ["/rows/", ""]


def test_a_pareto_of_nothing_is_empty() -> None:
    assert charts.Pareto("原因", {"超时": 0}).table().rows == (("超时", "0", "0.0 %"),)


def test_a_matrix_names_its_rows_and_columns() -> None:
    drawn = charts.HeatMap("矩阵", ("甲", "乙"), ("自查",), ((Decimal("90.00"),), (None,)))

    assert drawn.table() == charts.Table(("", "自查"), (("甲", "90.00"), ("乙", "—")))
    assert drawn.spec()["values"] == [["90.00"], [None]]


def test_a_ranking_says_how_sure_it_is() -> None:
    drawn = charts.Ranking("满意度", ("甲",), (Decimal("95"),), ((Decimal("92"), Decimal("98")),))

    assert drawn.table().rows == (("1", "甲", "95", "92", "98"),)


def test_a_gauge_shows_its_limit() -> None:
    drawn = charts.Gauge("预算", 21000, 30000, limit=charts.Limit("预警", 25000))

    assert drawn.table().rows == (("预算", "21000"), ("预警", "25000"))
    assert drawn.spec()["limits"] == [{"label": "预警", "value": "25000"}]
