"""The front page of a pack: whose regulation it is, from when, for whom, with which texts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from zhijian.domain.policy.raw import NAME_LENGTH, Fields, Raw, Reading, refuse, refuse_twice
from zhijian.domain.policy.signing import NO_SIGNING, Signing, read_signing
from zhijian.domain.words import NOTHING, Titles, Words

BLOCKS = (
    "目标与政策",
    "组织与分工",
    "流程与程序",
    "评估指标",
    "培训",
    "不良事件处理",
    "持续改进",
)
"""The seven blocks that every service-quality system must have (POL-01)."""

LAW_DAYS = ("last_day", "first_day")
_VERSION = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,2}")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that the regulation names, its other names, and the role that acts for it."""

    id: str
    title: Words
    aliases: tuple[Words, ...]
    role: str
    duties: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something about a unit that rules ask for; ``options`` where it is one of a few words."""

    id: str
    title: Words
    type: str
    options: Titles
    required: bool


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a pack (POL-03, POL-04, POL-09…POL-13, POL-15, POL-17, POL-18, POL-22)."""

    id: str
    title: Words
    version: str
    effective: date
    code: str = ""
    issuer: Words = NOTHING
    issued: date | None = None
    revised: date | None = None
    trial: bool = False
    scope: Words = NOTHING
    executed_by: Words = NOTHING
    prepared_by: Words = NOTHING
    reviewed_by: Words = NOTHING
    approved_by: Words = NOTHING
    interpreted_by: Words = NOTHING
    supplemented_by: Words = NOTHING
    overrides: Words = NOTHING
    mechanism: Words = NOTHING
    copyright: Words = NOTHING
    principles: tuple[Words, ...] = ()
    references: tuple[Words, ...] = ()
    lost: tuple[Words, ...] = ()
    review_months: int = 12
    law_day: str = "last_day"
    units: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    bodies: tuple[Body, ...] = ()
    issued_to: tuple[Words, ...] = ()
    signing: Signing = NO_SIGNING

    @property
    def is_draft(self) -> bool:
        """A version below 1.0 is a draft: readable, but it drives nothing (POL-05)."""
        return int(self.version.split(".")[0]) < 1

    def named(self, language: str) -> str:
        """Return title and version, as every export and paper names the regulation (SYS-17)."""
        return f"{self.title.to(language)} {self.version}"


def read_header(reading: Reading, raw: Raw) -> Header:
    """Read ``pack.yaml``."""
    fields = reading.fields(raw)
    header = Header(
        id=_matching(fields, "id", _ID, "policy.bad_id"),
        title=fields.title(),
        version=_matching(fields, "version", _VERSION, "policy.bad_version"),
        effective=fields.day("effective"),
        code=fields.text("code", ""),
        issuer=fields.words("issuer", NOTHING),
        issued=fields.day("issued") if "issued" in fields else None,
        revised=fields.day("revised") if "revised" in fields else None,
        trial=fields.flag("trial"),
        scope=fields.words("scope", NOTHING),
        executed_by=fields.words("executed_by", NOTHING),
        prepared_by=fields.words("prepared_by", NOTHING),
        reviewed_by=fields.words("reviewed_by", NOTHING),
        approved_by=fields.words("approved_by", NOTHING),
        interpreted_by=fields.words("interpreted_by", NOTHING),
        supplemented_by=fields.words("supplemented_by", NOTHING),
        overrides=fields.words("overrides", NOTHING),
        mechanism=fields.words("mechanism", NOTHING),
        copyright=fields.words("copyright", NOTHING),
        principles=fields.phrases("principles"),
        references=fields.phrases("references"),
        lost=fields.phrases("lost"),
        review_months=fields.whole("review_months", 12, least=1),
        law_day=fields.word("law_day", LAW_DAYS, "last_day"),
        units=fields.texts("units"),
        attributes=tuple(_read_attribute(reading, each) for each in fields.items("attributes")),
        bodies=tuple(_read_body(reading, each) for each in fields.items("bodies")),
        issued_to=fields.phrases("issued_to"),
        signing=read_signing(reading, fields),
    )
    fields.close()
    if len(set(header.units)) != len(header.units):
        raise refuse(raw, "policy.unit_twice")
    refuse_twice(zip(fields.items("attributes"), (e.id for e in header.attributes), strict=True))
    refuse_twice(zip(fields.items("bodies"), (e.id for e in header.bodies), strict=True))
    if header.issued and header.revised and header.revised < header.issued:
        raise refuse(fields.need("revised"), "policy.revised_before_issued", issued=header.issued)
    return header


def _matching(fields: Fields, key: str, pattern: re.Pattern[str], code: str) -> str:
    text = fields.text(key)
    if not pattern.fullmatch(text) or len(text) > NAME_LENGTH:
        raise refuse(fields.need(key), code, found=text[:NAME_LENGTH])
    return text


def _read_attribute(reading: Reading, raw: Raw) -> Attribute:
    fields = reading.fields(raw)
    type_ = fields.word("type", ("decimal", "text", "choice", "flag"))
    if type_ == "choice" and not fields.options("options"):
        raise refuse(raw, "policy.key_missing", key="options")
    attribute = Attribute(
        id=fields.name(),
        title=fields.title(),
        type=type_,
        options=fields.options("options") if type_ == "choice" else {},
        required=fields.flag("required"),
    )
    fields.close()
    return attribute


def _read_body(reading: Reading, raw: Raw) -> Body:
    fields = reading.fields(raw)
    body = Body(
        id=fields.name(),
        title=fields.title(),
        aliases=fields.phrases("aliases"),
        role=fields.text("role", ""),
        duties=fields.phrases("duties"),
    )
    fields.close()
    return body
