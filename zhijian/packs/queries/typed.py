"""A version's files as typed data, kept in the process by digest: equal files are read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock, RLock

from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.contents import Contents, digest_of, pack_of
from zhijian.packs.models import PackVersion
from zhijian.packs.queries.versions import VersionRef
from zhijian.packs.replacing import replaced_pack

Answer = Pack | tuple[Problem, ...]
Values = tuple[tuple[str, str], ...]


class PackUnreadable(Exception):
    """A version (a draft, as nothing else may be so) does not read; ``problems`` says why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{each.where}: {each.code}" for each in problems[:5]))
        self.problems = problems


class _Shelf:
    """The packs that were read last. What one thread is reading, another waits for."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._read: OrderedDict[Hashable, Answer] = OrderedDict()
        self._shelving, self._reading = Lock(), RLock()

    def get(self, key: Hashable, read: Callable[[], Answer]) -> Answer:
        found = self._found(key)
        if found is not None:
            return found
        with self._reading:
            return self._found(key) or self._put(key, read())

    def _found(self, key: Hashable) -> Answer | None:
        with self._shelving:
            if key in self._read:
                self._read.move_to_end(key)
            return self._read.get(key)

    def _put(self, key: Hashable, answer: Answer) -> Answer:
        with self._shelving:
            self._read[key] = answer
            while len(self._read) > self._room:
                self._read.popitem(last=False)
        return answer


_shelf = _Shelf(room=200)


def typed(version_id: int) -> Pack:
    """Return the pack of a version; raise ``PackUnreadable`` for a draft with faults."""
    digest = digest_of_version(version_id)
    return _good(_shelf.get(digest, lambda: pack_of(contents(version_id))))


def typed_ref(ref: VersionRef) -> Pack:
    """Return the pack of a version that was listed already; the list knows its digest."""
    return _good(_shelf.get(ref.digest, lambda: pack_of(contents(ref.id))))


def typed_of(version: PackVersion) -> Pack:
    """Return the pack of a version whose row was read already."""
    return _good(_shelf.get(version.digest, lambda: pack_of(contents(version.pk))))


def typed_at(version_id: int, digest: str) -> Pack:
    """Return the pack of a version whose digest is known already."""
    return _good(_shelf.get(digest, lambda: pack_of(contents(version_id))))


def typed_with(version_id: int, values: Values) -> Pack:
    """Return the pack of a version with some proposed values replaced by others.

    ``values`` pairs a parameter with the YAML of the entry that takes the place.
    """
    if not values:
        return typed(version_id)
    key = (digest_of_version(version_id), values)
    return _good(_shelf.get(key, lambda: replaced_pack(contents(version_id), dict(values))))


def read(files: Contents) -> Answer:
    """Read files that need not be stored; asked again, the answer comes from memory."""
    return _shelf.get(digest_of(files), lambda: pack_of(files))


def contents(version_id: int) -> dict[str, str]:
    """Return the files of a version by their paths."""
    found: dict[str, str] = PackVersion.objects.values_list("files", flat=True).get(pk=version_id)
    return found


def digest_of_version(version_id: int) -> str:
    """Return the digest of a version's files."""
    return str(PackVersion.objects.values_list("digest", flat=True).get(pk=version_id))


def _good(answer: Answer) -> Pack:
    if isinstance(answer, Pack):
        return answer
    raise PackUnreadable(answer)
