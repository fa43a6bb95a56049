"""The rooms of the program that hold rows or pages, outermost last.

``INSTALLED_APPS`` and the address table both read this list. The pages of a room are served from
its ``prefix``, and what its ``api_urls.py`` lists, if it has one, below ``api/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True, slots=True)
class Room:
    """A room by its name, where its pages begin, and the commands that fill a new database."""

    name: str
    prefix: str
    prepare: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        """Return the dotted name of the room's package."""
        return f"zhijian.{self.name}"

    @property
    def api(self) -> str:
        """Return the dotted name of the room's doors for programs; they lie below ``api/``."""
        return f"{self.package}.api_urls"

    @property
    def has_api(self) -> bool:
        """Tell whether the room answers programs."""
        return find_spec(self.api) is not None


ROOMS = (
    Room("foundation", ""),
    Room("accounts", "accounts/"),
    Room("organizations", "organizations/"),
    Room("packs", "packs/", prepare=("load_packs",)),
    Room("cases", "cases/"),
    Room("papers", "papers/"),
    Room("intake", "intake/"),
    Room("nonconformities", "nonconformities/", prepare=("nonconformities_register",)),
    Room("complaints", "complaints/", prepare=("complaints_register",)),
    Room("callbacks", "callbacks/"),
    Room("incidents", "incidents/", prepare=("incidents_register",)),
    Room("assessments", "assessments/"),
    Room("outcomes", "outcomes/"),
    Room("reports", "reports/"),
    Room("desk", ""),
)
