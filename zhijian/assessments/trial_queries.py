"""Reading trial runs and what may be tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhijian.assessments.models import Assessment
from zhijian.assessments.services.trials import WITH_RESULTS
from zhijian.assessments.trial_models import TrialRun
from zhijian.domain.policy.parameter import Parameter
from zhijian.packs import queries as packs
from zhijian.packs.printing.naming import Namer, unit_in_words, value_in_words
from zhijian.packs.queries import VersionRef

_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Change:
    """A value that a trial changes: for everybody, then for single units and groups."""

    title: str
    values: tuple[str, ...]


def runs() -> list[TrialRun]:
    """Return the trials, the latest first."""
    rows = TrialRun.objects.select_related("version", "target", "by").defer("result")
    return list(rows.order_by("-pk")[:_SHOWN])


def run(run_id: int) -> TrialRun | None:
    """Return one trial, or nothing."""
    rows = TrialRun.objects.select_related("version", "target", "by")
    return rows.filter(pk=run_id).first()


def choices(language: str) -> list[tuple[str, str]]:
    """Return the rules that have results to be tried on: version and scheme."""
    found = []
    for ref in packs.published_packs():
        pack = packs.typed_ref(ref)
        for scheme in pack.schemes.values():
            if with_results(ref.pack_id, scheme.id):
                label = f"{ref.title} {ref.version} · {scheme.title.to(language)}"
                found.append((f"{ref.id}:{scheme.id}", label))
    return found


def chosen(rules: str) -> tuple[VersionRef | None, str]:
    """Return the version and scheme of a choice."""
    version_id, _colon, scheme = rules.partition(":")
    ref = packs.version_ref(int(version_id)) if version_id.isdigit() else None
    if ref is None or not ref.is_published or scheme not in packs.typed(ref.id).schemes:
        return None, ""
    return ref, scheme


def with_results(pack_id: str, scheme: str) -> list[Assessment]:
    """Return the periods of a scheme that have results, in the order of time."""
    rows = Assessment.objects.filter(
        pack_id=pack_id, scheme=scheme, state__in=WITH_RESULTS, is_current=True
    )
    return list(rows.order_by("first"))


def english_of(run: TrialRun, language: str) -> Mapping[str, str]:
    """Return what both sides of a trial say with its English; nothing for readers of Chinese."""
    tried = {} if run.target is None else packs.english_words_of(run.target, language)
    return {**tried, **packs.english_words_of(run.version, language)}


def better_of(run: TrialRun) -> str:
    """Return which end of the scores is the better one, as the rules in force say."""
    return packs.typed(run.version_id).schemes[run.scheme].better


def changed_titles(run: TrialRun, language: str) -> list[Change]:
    """Return what a trial changes, by the titles of the parameters and in words."""
    parameters = packs.typed(run.version_id).parameters
    named = [(name, text) for name, text in run.changes.items() if name in parameters]
    if not named:
        return []
    tried = packs.tried_pack(run.version_id, dict(named))
    namer = Namer.of(tried, language)
    return [
        Change(parameters[name].title.to(language), _told(tried.parameters[name], namer))
        for name, _text in named
    ]


def _told(parameter: Parameter, namer: Namer) -> tuple[str, ...]:
    """The value that was tried, then those of single units and groups."""
    entry = next(each for each in reversed(parameter.entries) if each.value is not None)
    unit = unit_in_words(parameter.unit, namer.language)
    held = [("", entry.value), *entry.for_units, *entry.for_groups]
    return tuple(
        f"{name + namer.say('：', ': ') if name else ''}{value_in_words(value, namer)}"
        f"{' ' + unit if unit and isinstance(value, Fraction) else ''}"
        for name, value in held
    )
