"""Fields written without templates are those that the templates write."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test.html import parse_html

from zhijian.foundation.form_rendering import Renderer
from zhijian.foundation.templatetags.plain_fields import is_plain, plainly

_HOSTILE = "<b>\"'&"


class Everything(forms.Form):
    """One field of each look."""

    name = forms.CharField(label=_HOSTILE, max_length=20, initial=_HOSTILE)
    mail = forms.EmailField(required=False, help_text="谁都看得到")
    count = forms.IntegerField(min_value=1, widget=forms.NumberInput({"class": "short"}))
    day = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}))
    at = forms.DateTimeField(required=False, disabled=True, label="")
    said = forms.CharField(widget=forms.Textarea({"rows": 2}), required=False, initial=_HOSTILE)
    kind = forms.ChoiceField(choices=[("", "—"), ("1", _HOSTILE)], required=False)
    grouped = forms.ChoiceField(
        choices=[("", "—"), (_HOSTILE, [("1", "一"), ("2", "二")])], initial="2", required=False
    )
    kinds = forms.MultipleChoiceField(choices=[("1", "一")], required=False)
    key = forms.CharField(widget=forms.HiddenInput, initial="0", required=False)
    agreed = forms.BooleanField(required=False)
    upload = forms.FileField(required=False)
    one = forms.ChoiceField(choices=[("1", "一")], widget=forms.RadioSelect, required=False)


def forms_to_try(**more: Any) -> list[forms.Form]:
    sent = {"name": _HOSTILE, "count": "x", "mail": "no", "kind": "9", "one": "7"}
    return [Everything(**more), Everything({}, **more), Everything(sent, **more)]


@pytest.mark.parametrize("place", range(3), ids=["new", "empty", "wrong"])
def test_a_plain_field_looks_as_crispy_writes_it(place: int) -> None:
    form, twin = forms_to_try()[place], forms_to_try()[place]
    seen = [field.name for field in form if is_plain(field)]

    assert seen == ["name", "mail", "count", "day", "at", "said", "kind", "grouped", "kinds", "key"]
    for name in seen:
        told = {"field": twin[name], "form_show_labels": True, "form_show_errors": True}
        assert parse_html(plainly(form[name])) == parse_html(
            render_to_string("bootstrap5/field.html", told)
        ), name


@pytest.mark.parametrize("place", range(3), ids=["new", "empty", "wrong"])
def test_a_control_is_the_one_that_the_templates_of_django_write(place: int) -> None:
    ours = forms_to_try(renderer=Renderer())[place]
    theirs = forms_to_try(renderer=DjangoTemplates())[place]

    for field in ours:
        assert parse_html(str(field)) == parse_html(str(theirs[field.name])), field.name


def test_a_whole_form_shows_every_field_and_what_is_wrong_with_it() -> None:
    form = Everything({"name": "甲"})
    form.add_error(None, "两处不一致")
    page = Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))

    assert "两处不一致" in page
    assert all(f'name="{name}"' in page for name in form.fields)


def test_help_that_a_regulation_writes_is_text() -> None:
    class Helped(forms.Form):
        said = forms.CharField(help_text=_HOSTILE)

    assert "&lt;b&gt;" in plainly(Helped()["said"])
