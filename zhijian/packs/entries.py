"""The values of parameters as the YAML that a person would edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from zhijian.domain.policy.raw import Raw
from zhijian.packs.contents import raws_of
from zhijian.packs.files import parse
from zhijian.packs.replacing import KEYS


def entry_texts(files: Mapping[str, str], having: str = "value") -> dict[str, str]:
    """Return the latest value of each parameter as YAML, as a person would edit it.

    ``having`` is the key that the entry must have: ``value`` leaves out repeals, ``proposed``
    keeps to proposed values.
    """
    raws, _problems = raws_of({name: files[name] for name in files if "parameters/" in name})
    found: dict[str, str] = {}
    for raw in raws.values():
        file = _plain(raw)
        for entry in file["entries"]:
            if entry.get(having) is not None:
                found[file["id"]] = body_text({key: entry[key] for key in KEYS if key in entry})
    return found


def body_of(text: str) -> dict[str, Any]:
    """Return the body of an entry as plain data; decimals stay the text they were."""
    body: dict[str, Any] = _plain(parse(text.encode(), "<entry>"))
    return body


def body_text(entry: Mapping[str, Any]) -> str:
    """Return the body of an entry as YAML."""
    return yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, default_flow_style=None)


def _plain(raw: Raw) -> Any:
    if isinstance(raw.value, Mapping):
        return {key: _plain(each) for key, each in raw.value.items()}
    if isinstance(raw.value, tuple):
        return [_plain(each) for each in raw.value]
    return raw.value
