"""What a service refuses, told to the person who asked: in the form, or above the next page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest

from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal


@contextmanager
def refusal_in(form: BaseForm, field: str | None = None) -> Iterator[None]:
    """Leave the block at a refusal and write it into the form, at ``field`` or above all."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(field, refusal.words(language()))


@contextmanager
def refusal_above(request: HttpRequest) -> Iterator[None]:
    """Leave the block at a refusal and show it above the next page."""
    try:
        yield
    except Refusal as refusal:
        messages.error(request, refusal.words(language()))
