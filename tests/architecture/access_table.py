"""Who gets in where: every address and method, tried by everybody of the cast.

The table in ``access.csv`` is read by people. ``yes``: let in (the answer may still be a question
or a correction); ``no``: 403, or 404 because it is hidden; ``sign-in``: asked to sign in first;
``-``: the method does not exist there.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.example_urls import EXAMPLES
from tests.people import CAST, People

TABLE = Path(__file__).with_name("access.csv")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ANONYMOUS = "anonymous"
VISITORS = (ANONYMOUS, *CAST)
HEADER = ("address", "name", "method", *VISITORS)

_FORBIDDEN, _NOT_FOUND, _NO_SUCH_METHOD, _FAULT = 403, 404, 405, 500
_UNAUTHENTICATED = 401


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the resolver."""

    route: str
    name: str

    @property
    def has_arguments(self) -> bool:
        return "<" in self.route


Row = tuple[str, ...]


def addresses() -> list[Address]:
    """Return everything the program answers to."""
    return sorted(_walk(get_resolver().url_patterns, "", ""), key=lambda each: each.route)


def _walk(patterns: list[Any], route: str, namespace: str) -> Iterator[Address]:
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, here, inner)
        elif isinstance(each, URLPattern):
            yield Address(here, f"{namespace}{each.name or ''}")


def without_example(found: list[Address]) -> list[str]:
    """Return the addresses that need arguments and have none in ``example_urls``."""
    return [each.name for each in found if each.has_arguments and each.name not in EXAMPLES]


def try_everything(people: People) -> list[Row]:
    """Return the table as it really is."""
    cookies = {visitor: _signed_in(people, visitor) for visitor in VISITORS}
    client = Client(raise_request_exception=False)
    rows: list[Row] = []
    for address in addresses():
        if address.has_arguments and address.name not in EXAMPLES:
            raise LookupError(f"add arguments for {address.name} to example_urls.py")
        arguments = EXAMPLES[address.name](people) if address.has_arguments else {}
        path = reverse(address.name, kwargs=arguments)
        tried = [(method, _try(client, path, method, cookies)) for method in METHODS]
        rows += [(address.route, address.name, method, *cells) for method, cells in _telling(tried)]
    return rows


def _telling(tried: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """Return the methods that let somebody in; the first that exists when none does."""
    told = [
        (method, cells)
        for method, cells in tried
        if any(cell == "yes" or cell.startswith("FAULT") for cell in cells)
    ]
    closed = [(method, cells) for method, cells in tried if set(cells) != {"-"}]
    return told or closed[:1]


def _signed_in(people: People, visitor: str) -> SimpleCookie:
    client = Client()
    if visitor != ANONYMOUS:
        client.force_login(getattr(people, visitor))
        # What a session notes on its first request is then not noted, and undone, on every one.
        client.get(reverse("healthz"))
    return client.cookies


def _try(client: Client, path: str, method: str, cookies: dict[str, SimpleCookie]) -> list[str]:
    cells: list[str] = []
    for visitor, jar in cookies.items():
        answer = _ask(client, path, method, jar)
        # A method refused before anybody is asked who they are does not exist for anybody.
        if visitor == ANONYMOUS and answer.status_code == _NO_SUCH_METHOD:
            return ["-"] * len(cookies)
        cells.append(_cell(answer))
    return cells


def _ask(client: Client, path: str, method: str, jar: SimpleCookie) -> HttpResponseBase:
    client.cookies = SimpleCookie(jar.output(header="", sep=";"))
    with transaction.atomic():
        answer = client.generic(method, path)
        if answer.streaming:
            answer.getvalue()
        transaction.set_rollback(True)
    return answer


def _cell(answer: HttpResponseBase) -> str:
    status = answer.status_code
    if status >= _FAULT:
        return f"FAULT {status}"
    if status == _NO_SUCH_METHOD:
        return "-"
    if status in (_FORBIDDEN, _NOT_FOUND):
        return "no"
    if status == _UNAUTHENTICATED or _leads_to_sign_in(answer):
        return "sign-in"
    return "yes"


def _leads_to_sign_in(answer: HttpResponseBase) -> bool:
    return answer.headers.get("Location", "").startswith(reverse("account_login") + "?")


def read() -> list[Row]:
    """Return the table as it was agreed."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def write(rows: list[Row]) -> None:
    """Record the table anew."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
