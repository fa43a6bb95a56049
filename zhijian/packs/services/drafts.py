"""The files of a version until it is published: loading, editing, beginning a new version."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from zhijian.domain.policy.header import Header
from zhijian.domain.problems import Problem
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.audit.services import record
from zhijian.packs.contents import HEADER, Contents, contents_of, digest_of, header_of
from zhijian.packs.models import CheckReport, PackVersion
from zhijian.packs.services.refusals import PackRefused, locked_draft, require, subject, told

_PATH = re.compile(
    r"(pack|articles|terms)\.yaml|"
    r"(parameters|records|scoring|outcomes|budgets|personal|limits|reports|cases|examples)"
    r"/[a-z0-9_-]{1,80}\.yaml"
)
_LONGEST = 500_000


def load_from_folder(folder: Path, actor: Actor | None, at: datetime) -> PackVersion:
    """Store the pack of a folder as a draft; equal files change nothing."""
    contents, problems = contents_of(folder)
    if problems:
        raise PackRefused("packs.not_readable", problems, name=folder.name)
    return load_from_contents(contents, actor, at)


@transaction.atomic
def load_from_contents(contents: Contents, actor: Actor | None, at: datetime) -> PackVersion:
    """Store files as a draft of the pack and version that their header names.

    A draft of the same version is replaced. A published version is returned when the files are the
    same, and refuses them when they are not.
    """
    require(actor, "packs.draft")
    header = _header(contents)
    row = (
        PackVersion.objects.select_for_update()
        .filter(pack_id=header.id, version=header.version)
        .first()
    )
    digest = digest_of(contents)
    if row is not None and row.digest == digest:
        return row
    if row is not None and row.state == PackVersion.State.PUBLISHED:
        raise PackRefused("packs.version_fixed", title=row.words, version=row.version)
    before = told(row) if row is not None else None
    row = row or PackVersion(pack_id=header.id, created_at=at, created_by_id=_id(actor))
    _fill(row, contents, header, at)
    row.save()
    record(actor=actor, action="packs.load", subject=subject(row), before=before, after=told(row))
    return row


@transaction.atomic
def new_version(
    version_id: int, version: str, effective: date, actor: Actor | None, at: datetime
) -> PackVersion:
    """Begin a new version of a pack as a draft with the files of an older one."""
    require(actor, "packs.draft")
    former = PackVersion.objects.get(pk=version_id)
    contents = dict(former.files)
    contents[HEADER] = _with_header(contents[HEADER], version, effective)
    header = _header(contents)
    if PackVersion.objects.filter(pack_id=header.id, version=header.version).exists():
        raise PackRefused("packs.version_taken", title=former.words, version=version)
    return load_from_contents(contents, actor, at)


@transaction.atomic
def save_draft_file(
    version_id: int, path: str, text: str, actor: Actor | None, at: datetime
) -> PackVersion:
    """Store one file of a draft, also one with faults: they are listed until they are mended.

    Only the header must read, because it says which version of which pack this is.
    """
    require(actor, "packs.draft")
    row = locked_draft(version_id)
    if not _PATH.fullmatch(path):
        raise PackRefused("packs.bad_path", path=path)
    if len(text) > _LONGEST:
        raise PackRefused("packs.file_too_long", path=path, limit=_LONGEST)
    contents = {**row.files, path: text.replace("\r\n", "\n")}
    return _store(row, contents, actor, at, f"{'M' if path in row.files else 'A'} {path}")


@transaction.atomic
def delete_draft_file(version_id: int, path: str, actor: Actor | None, at: datetime) -> PackVersion:
    """Take one file out of a draft."""
    require(actor, "packs.draft")
    row = locked_draft(version_id)
    if path == HEADER or path not in row.files:
        raise PackRefused("packs.bad_path", path=path)
    contents = {name: text for name, text in row.files.items() if name != path}
    return _store(row, contents, actor, at, f"D {path}")


@transaction.atomic
def delete_draft(version_id: int, actor: Actor | None) -> None:
    """Throw a draft away."""
    require(actor, "packs.draft")
    row = locked_draft(version_id)
    record(actor=actor, action="packs.delete_draft", subject=subject(row), before=told(row))
    row.delete()


def forget_report(digest: str) -> None:
    """Let the checks of these files run anew."""
    CheckReport.objects.filter(digest=digest).delete()


def _store(
    row: PackVersion, contents: Contents, actor: Actor | None, at: datetime, change: str
) -> PackVersion:
    header = _header(contents)
    if header.id != row.pack_id:
        raise PackRefused("packs.other_pack", found=header.id, expected=row.pack_id)
    same = PackVersion.objects.filter(pack_id=header.id, version=header.version)
    if same.exclude(pk=row.pk).exists():
        raise PackRefused("packs.version_taken", title=row.words, version=header.version)
    if digest_of(contents) == row.digest:
        return row
    before = told(row)
    _fill(row, contents, header, at)
    row.save()
    after = {**told(row), "change": change}
    record(actor=actor, action="packs.edit", subject=subject(row), before=before, after=after)
    return row


def _header(contents: Contents) -> Header:
    header = header_of(contents)
    if isinstance(header, Header):
        return header
    name = HEADER if header else ""
    raise PackRefused("packs.not_readable", _told_once(header), name=name)


def _told_once(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    return tuple(dict.fromkeys(problems))


def _fill(row: PackVersion, contents: Contents, header: Header, at: datetime) -> None:
    row.version = header.version
    row.title, row.title_en = header.title.zh, header.title.en
    row.trial = header.trial
    row.effective = header.effective
    row.files = dict(contents)
    row.digest = digest_of(contents)
    row.state = PackVersion.State.DRAFT
    row.changed_at = at


def _with_header(text: str, version: str, effective: date) -> str:
    text = re.sub(r"(?m)^version:.*$", f'version: "{version}"', text)
    return re.sub(r"(?m)^effective:.*$", f"effective: {effective.isoformat()}", text)


def _id(actor: Actor | None) -> int | None:
    return None if actor is None else actor.pk
