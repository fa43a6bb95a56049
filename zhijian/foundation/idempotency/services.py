"""Runs a creation once for each key, whoever asks at the same time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from zhijian.foundation.idempotency.models import AnsweredRequest
from zhijian.foundation.refusal import Refusal


class KeyReused(Refusal):
    """The key stands for a request with another content."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to create something, by the person and the key they chose for it."""

    user_id: int
    key: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told to the caller; ``is_repeated`` when it was told before."""

    status: int
    body: Any
    is_repeated: bool = False


def answer_once(asked: Asked, create: Callable[[], Answer]) -> Answer:
    """Call ``create`` and keep its answer, or return the answer kept under the same key.

    The key is written first, in the transaction of the creation: a second request at the same
    moment waits for the first one to commit or to fail. A failed creation leaves no key behind.
    """
    told = _told_before(asked)
    if told is not None:
        return told
    try:
        with transaction.atomic():
            row = AnsweredRequest.objects.create(
                user_id=asked.user_id, key=asked.key, digest=asked.digest, answered_at=asked.at
            )
            answer = create()
            row.status, row.body = answer.status, answer.body
            row.save(update_fields=["status", "body"])
    except IntegrityError:
        told = _told_before(asked)
        if told is None:
            raise
        return told
    return answer


def _told_before(asked: Asked) -> Answer | None:
    row = AnsweredRequest.objects.filter(user_id=asked.user_id, key=asked.key).first()
    if row is None:
        return None
    if row.digest != asked.digest:
        raise KeyReused("api.idempotency_key_reused", key=asked.key)
    return Answer(row.status, row.body, is_repeated=True)
