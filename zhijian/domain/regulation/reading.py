"""The files of a folder → a pack, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from zhijian.domain.casework.following import check_links
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.kind_reading import read_case_kind
from zhijian.domain.casework.parts import CaseScope, Parts
from zhijian.domain.casework.register_reading import check_controls
from zhijian.domain.deadlines.rule import LimitRule, read_limit
from zhijian.domain.outcomes.budget import Budget, read_budget
from zhijian.domain.outcomes.outcome import OutcomePlan, read_plan
from zhijian.domain.outcomes.personal import PersonalPlan, read_personal
from zhijian.domain.policy.article import Article, read_article
from zhijian.domain.policy.header import read_header
from zhijian.domain.policy.parameter import Parameter, read_parameter
from zhijian.domain.policy.raw import Raw, Reading, Unreadable, as_list, refuse
from zhijian.domain.policy.term import Term, read_terms
from zhijian.domain.problems import Problem
from zhijian.domain.records.kind import ABSENCE_WORDS, RecordKind, read_kind
from zhijian.domain.regulation.idle import idle
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.reports.outline import Outline, read_outline
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.scoring.scheme import Scheme, read_scheme

ROOT_FILES = ("pack.yaml", "articles.yaml", "terms.yaml")
FOLDERS = (
    "parameters", "records", "scoring", "outcomes", "budgets", "personal", "limits", "reports",
    "cases", "examples",
)  # fmt: skip


class Named(Protocol):
    """Anything that is kept by its name."""

    @property
    def id(self) -> str:
        """The name."""
        ...


T = TypeVar("T", bound=Named)
Files = Mapping[str, Raw]


_FOLLOWS = frozenset(
    {
        "limit.unknown_parameter",
        "policy.file_missing",
        "policy.unknown_word",
        "casework.unknown_name",
        "scoring.unknown_kind",
        "scoring.unknown_parameter",
    }
)
"""Problems that only follow from another file that could not be read."""


def read_pack(files: Files, unparsed: Iterable[str] = ()) -> Pack | tuple[Problem, ...]:
    """Read a whole pack; ``files`` maps the path below the pack's folder to its content.

    ``unparsed`` are the paths of files that are there but could not be parsed. What merely follows
    from a broken file is not reported: mending the file mends it.
    """
    return PackReading(files, unparsed).pack()


class PackReading:
    """Reads the parts in the order in which they name each other."""

    def __init__(self, files: Files, unparsed: Iterable[str] = ()) -> None:
        self.files = files
        self._unparsed = tuple(unparsed)
        self._broken = {name for path in self._unparsed for name in (path, _stem(path))}
        self.reading = Reading()
        self._planned: dict[str, str] = {}

    def pack(self) -> Pack | tuple[Problem, ...]:
        """Return the pack, or the problems, sorted by place."""
        self._check_paths()
        try:
            pack = self._parts()
        except Unreadable as error:
            self.reading.problems.append(error.problem)
        if self.reading.problems:
            own = {each for each in self.reading.problems if not self._follows(each)}
            return tuple(sorted(own, key=_by_place))
        return pack

    def _follows(self, problem: Problem) -> bool:
        named = {problem.fact("name"), problem.fact("found"), problem.fact("path")}
        return problem.code in _FOLLOWS and bool(named & self._broken)

    def _check_paths(self) -> None:
        for path, raw in self.files.items():
            folder = path.split("/")[0]
            if path not in ROOT_FILES and folder not in FOLDERS:
                self.reading.add(raw, "policy.unknown_file", path=path, known=", ".join(FOLDERS))

    def _parts(self) -> Pack:
        reading = self.reading
        header = read_header(reading, self._file("pack.yaml"))
        articles = self._articles()
        document = header.title.zh
        parameters: dict[str, Parameter] = self._folder(
            "parameters", lambda raw: read_parameter(reading, raw, document)
        )
        kinds: dict[str, RecordKind] = self._folder("records", lambda raw: read_kind(reading, raw))
        self._check_kinds(kinds)
        scopes: dict[str, Scope] = {}
        names = frozenset(article.number for article in articles)
        attributes = {each.id: each for each in header.attributes}

        def scope() -> Scope:
            return Scope(reading, parameters, kinds, attributes, names)

        def scheme(raw: Raw) -> Scheme:
            own = scope()
            found = read_scheme(own, raw)
            scopes[found.id] = own
            return found

        schemes: dict[str, Scheme] = self._folder("scoring", scheme)
        outcomes: dict[str, OutcomePlan] = self._folder(
            "outcomes", lambda raw: self._plan(raw, schemes, scopes)
        )
        budgets: dict[str, Budget] = self._folder("budgets", lambda raw: read_budget(scope(), raw))
        personal: dict[str, PersonalPlan] = self._folder(
            "personal", lambda raw: read_personal(scope(), raw)
        )
        limits: dict[str, LimitRule] = self._folder(
            "limits", lambda raw: read_limit(reading, raw, parameters)
        )
        outlines: dict[str, Outline] = self._folder(
            "reports", lambda raw: read_outline(reading, raw, tuple(schemes), kinds)
        )
        return Pack(
            header, articles, parameters, kinds, schemes, outcomes, budgets, limits, outlines,
            tuple(each for raw in self._paths("examples") for each in as_list(raw)),
            tuple(idle(self.files, header.units, scopes.values())),
            self._cases(CaseScope(scope(), limits, {e.id: e.title for e in header.bodies})),
            self._terms(document),
            personal,
        )  # fmt: skip

    def _file(self, path: str) -> Raw:
        if path not in self.files:
            raise Unreadable(Problem.at(path, "policy.file_missing", path=path))
        return self.files[path]

    def _paths(self, folder: str) -> Iterable[Raw]:
        return (self.files[path] for path in sorted(self.files) if path.startswith(f"{folder}/"))

    def _folder(self, folder: str, read: Callable[[Raw], T]) -> dict[str, T]:
        found: dict[str, T] = {}
        for raw in self._paths(folder):
            value = self.reading.attempt(lambda raw=raw: read(raw))  # type: ignore[misc]
            if value is None:
                self._broken |= {_stem(raw.file), _id_of(raw)}
                continue
            if value.id in found:
                self.reading.add(raw, "policy.id_twice", id=value.id)
            found[value.id] = value
        return found

    def _articles(self) -> tuple[Article, ...]:
        raw = self._file("articles.yaml")
        found: dict[str, Article] = {}
        for each in as_list(raw):
            article = self.reading.attempt(lambda each=each: read_article(self.reading, each))  # type: ignore[misc]
            if article is None:
                continue
            if article.number in found:
                self.reading.add(each, "policy.id_twice", id=article.number)
            found[article.number] = article
        return tuple(found.values())

    def _terms(self, document: str) -> tuple[Term, ...]:
        raw = self.files.get("terms.yaml")
        found = self.reading.attempt(lambda: read_terms(self.reading, raw, document)) if raw else ()
        return found or ()

    def _check_kinds(self, kinds: Mapping[str, RecordKind]) -> None:
        for kind in kinds.values():
            raw = self._place(f"records/{kind.id}.yaml", "records")
            if kind.absence not in (*ABSENCE_WORDS, *kinds) or kind.absence == kind.id:
                allowed = ", ".join((*ABSENCE_WORDS, *kinds))
                self.reading.add(raw, "policy.unknown_word", found=kind.absence, allowed=allowed)
            for each in kind.fields:
                name, _, target = each.to.partition(".")
                register = kinds.get(name)
                if each.to and not (register and register.is_register and register.field(target)):
                    self.reading.add(raw, "records.unknown_register", field=each.id, found=each.to)

    def _place(self, path: str, folder: str) -> Raw:
        return self.files.get(path) or next(iter(self._paths(folder)))

    def _cases(self, scope: CaseScope) -> dict[str, CaseKind]:
        found: dict[str, tuple[CaseKind, Parts]] = {}
        for raw in self._paths("cases"):
            answer = self.reading.attempt(lambda raw=raw: read_case_kind(scope, raw))  # type: ignore[misc]
            if answer is None:
                self._broken |= {_stem(raw.file), _id_of(raw)}
                continue
            if answer[0].id in found:
                self.reading.add(raw, "policy.id_twice", id=answer[0].id)
            found[answer[0].id] = answer
        check_links(found)
        check_controls(found)
        return {name: kind for name, (kind, _) in found.items()}

    def _plan(
        self, raw: Raw, schemes: Mapping[str, Scheme], scopes: Mapping[str, Scope]
    ) -> OutcomePlan:
        fields = self.reading.fields(raw)
        paths = sorted((*self.files, *self._unparsed))
        broken = (_stem(path) for path in paths if path.startswith("scoring/"))
        named = fields.text("scheme", next(iter(schemes), next(broken, "")))
        if named not in schemes:
            known = ", ".join(schemes)
            raise refuse(raw, "policy.unknown_word", found=named, allowed=known)
        if named in self._planned:
            raise refuse(raw, "outcomes.second_plan", scheme=named, other=self._planned[named])
        self._planned[named] = fields.text("id", "")
        own = scopes[named]
        own.lines = [*own.lines, *(["grade"] if schemes[named].grading else [])]
        return read_plan(own, raw, named)


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _id_of(raw: Raw) -> str:
    named = raw.value.get("id") if isinstance(raw.value, Mapping) else None
    return str(named.value) if named is not None else ""


def _by_place(problem: Problem) -> tuple[str, int, str]:
    file, _, line = problem.where.rpartition(":")
    return (file, int(line) if line.isdigit() else 0, problem.code)
