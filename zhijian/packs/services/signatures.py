"""Signing a version: by the role the regulation names, and by different people (POL-13, ORG-27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhijian.accounts import queries as accounts
from zhijian.domain.policy.signing import STEP_TITLES, STEPS, Signing, SigningStep
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.roles import ROLES
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.audit.services import record
from zhijian.packs.models import PackVersion, Signature
from zhijian.packs.queries.signatures import authors_of, last_signatures
from zhijian.packs.queries.typed import read
from zhijian.packs.services.refusals import PackRefused, locked, subject

_PUBLISHED = PackVersion.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Signed:
    """What is signed, and what the signer remarks."""

    step: str
    remark: str = ""


@transaction.atomic
def sign(version_id: int, signed: Signed, actor: Actor, at: datetime) -> Signature:
    """Sign a version as it stands; of two people who sign one step at once the second is told.

    Refused unless the regulation asks for the signature, the signer holds the role it names, the
    signatures before it are given, and no one signs what they wrote or signed before themselves.
    """
    row = locked(version_id)
    signing = _signing(row)
    asked = signing.step(signed.step)
    if asked is None:
        raise PackRefused("packs.signature_not_asked", title=row.words, version=row.version)
    if asked.role not in accounts.roles_of(actor):
        raise PackRefused("packs.signature_role", by=asked.by, role=ROLES[asked.role])
    given = last_signatures(row.pk, row.digest)
    _refuse_out_of_turn(row, signing, asked, given)
    if not signing.same_person:
        _refuse_own(row, asked, given, actor)
    signature = Signature.objects.create(
        version=row,
        step=asked.step,
        digest=row.digest,
        role=asked.role,
        by_id=actor.pk,
        at=at,
        remark=signed.remark,
    )
    after = {"step": asked.step, "digest": row.digest, "role": asked.role, "remark": signed.remark}
    record(actor=actor, action="packs.sign", subject=subject(row), after=after)
    return signature


def refuse_unsigned(row: PackVersion, actor: Actor | None) -> None:
    """Refuse to publish what is not signed as its regulation asks, or by who wrote it."""
    signing = _signing(row)
    given = last_signatures(row.pk, row.digest)
    for each in signing.steps:
        if each.step not in given:
            raise PackRefused(
                "packs.signature_missing", title=row.words, by=each.by, step=STEP_TITLES[each.step]
            )
    if actor is not None and not signing.same_person and actor.pk in authors_of(row.pk):
        raise PackRefused("packs.publishes_own", title=row.words, version=row.version)


def _signing(row: PackVersion) -> Signing:
    pack = read(row.files)
    if isinstance(pack, Pack):
        return pack.header.signing
    raise PackRefused("packs.not_readable", pack, name=row.pack_id)


def _refuse_out_of_turn(
    row: PackVersion, signing: Signing, asked: SigningStep, given: dict[str, Signature]
) -> None:
    for each in signing.steps:
        earlier = STEPS.index(each.step) < STEPS.index(asked.step)
        if earlier and each.step not in given:
            raise PackRefused(
                "packs.signature_missing", title=row.words, by=each.by, step=STEP_TITLES[each.step]
            )
    former = given.get(asked.step)
    if former is None:
        return
    renews = row.state == _PUBLISHED and asked.step == "approved" and signing.renew_months
    if not renews:
        raise PackRefused("packs.signed_already", title=row.words, by=former.by.display_name)


def _refuse_own(
    row: PackVersion, asked: SigningStep, given: dict[str, Signature], actor: Actor
) -> None:
    if actor.pk in authors_of(row.pk):
        raise PackRefused("packs.signs_own", title=row.words, version=row.version)
    if any(each.by_id == actor.pk for step, each in given.items() if step != asked.step):
        raise PackRefused("packs.signs_twice", title=row.words, version=row.version)
