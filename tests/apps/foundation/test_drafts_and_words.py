"""Drafts that outlive a session, and words for every code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from django.test import Client

from tests.people import make_person
from zhijian.foundation.cells import neutral
from zhijian.foundation.drafts import queries, services
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import CATALOGUE, catalogue, placeholders, say


@pytest.mark.django_db
def test_a_form_saves_itself_without_its_secrets() -> None:
    user, other = make_person("zhou"), make_person("wu")
    client = Client()
    client.force_login(user)
    fields = {"note": "写到一半", "marks": ["1", "2"], "password": "x", "csrfmiddlewaretoken": "y"}

    assert client.post("/drafts/form/intake:2024-01", fields).status_code == 204

    assert client.get("/drafts/form/intake:2024-01").json() == {
        "note": "写到一半", "marks": ["1", "2"],
    }  # fmt: skip
    assert queries.draft(other, "intake:2024-01") is None
    assert services.take_draft(user=user, key="intake:2024-01")["note"] == "写到一半"
    assert services.take_draft(user=user, key="intake:2024-01") is None
    assert client.get("/drafts/form/intake:2024-01").status_code == 204


@pytest.mark.django_db
def test_a_draft_is_thrown_away_and_too_large_a_one_refused() -> None:
    user = make_person("zhou")
    client = Client()
    client.force_login(user)
    for throw_away in (
        lambda: client.delete("/drafts/form/k"),
        lambda: client.post("/drafts/discard/k"),
    ):
        services.save_draft(user=user, key="k", data={"a": "b"})
        throw_away()
        assert queries.drafts_of(user) == []
    answer = client.post("/drafts/form/k", {"a": "字" * 300_000})
    assert (answer.status_code, "KB" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_is_worded_in_both_languages_with_the_same_facts(code: str) -> None:
    entry = catalogue()[code]
    assert entry.keys() == {"zh", "en"}
    # a fact that has words of its own in English may be named so: {title} and {title_en}
    english = {name.removesuffix("_en") for name in placeholders(entry["en"])}
    assert {name.removesuffix("_en") for name in placeholders(entry["zh"])} == english
    assert entry["zh"] != entry["en"]


def test_words_are_filled_with_facts() -> None:
    assert "第 7 条" in say("audit.link_broken", {"number": 7})
    assert "entry 7" in say("audit.link_broken", {"number": "7"}, "en-gb")
    assert "{number}" in say("audit.link_broken")
    assert say("no.such_code", {"a": "b"}) == "no.such_code (a=b)"
    assert Refusal("audit.link_broken", number=7).words() == say("audit.link_broken", {"number": 7})


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+A1", "'+A1"),
        ("\uff1d1", "'\uff1d1"),
        ("\tx", "'\tx"),
        ("-2500.00", "-2500.00"),
        ("+3", "+3"),
        ("-", "'-"),
        ("市场经营部", "市场经营部"),
        ("", ""),
    ],
)
def test_no_cell_becomes_a_formula(text: str, safe: str) -> None:
    assert neutral(text) == safe


@pytest.mark.parametrize("path", sorted(CATALOGUE.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_file_words_a_code_twice(path: Path) -> None:
    codes = re.findall(r"^([a-z][\w.]*):", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(codes) == sorted(set(codes))
    assert set(codes) == yaml.safe_load(path.read_text(encoding="utf-8")).keys()
