"""Every string of the site by room, and the catalogues that say it in English.

As a program (``make messages``) it brings the catalogues up to date: what is new is added with an
empty translation, what is no longer said is dropped. The test refuses an empty translation.
"""

from __future__ import annotations

import ast
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "zhijian"

HEADER = """\
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

# The position of the singular, the plural and the context among the arguments.
_CALLS = {
    "_": (0, None, None),
    "gettext": (0, None, None),
    "gettext_lazy": (0, None, None),
    "gettext_noop": (0, None, None),
    "ngettext": (0, 1, None),
    "ngettext_lazy": (0, 1, None),
    "pgettext": (1, None, 0),
    "pgettext_lazy": (1, None, 0),
}


@dataclass(frozen=True, slots=True)
class Message:
    """A string to be translated; ``plural`` is empty for most."""

    text: str
    plural: str = ""
    context: str = ""


Found = dict[Message, list[str]]


def messages_by_room() -> dict[str, Found]:
    """Return the strings of each room with the files that say them."""
    found: defaultdict[str, Found] = defaultdict(lambda: defaultdict(list))
    for path, message in (*_in_python(), *_in_templates()):
        where = path.relative_to(ROOT).as_posix()
        found[path.relative_to(PROGRAM).parts[0]][message].append(where)
    return dict(found)


def catalogue_of(room: str) -> Path:
    """Return where the English of ``room`` is written."""
    return PROGRAM / room / "locale/en/LC_MESSAGES/django.po"


def read_catalogue(path: Path) -> Catalog:
    """Read a catalogue; a room without one has an empty one."""
    if not path.exists():
        return Catalog(locale="en", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _in_python() -> Iterator[tuple[Path, Message]]:
    for path in sorted(PROGRAM.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (message := _message_of(node)):
                yield path, message


def _message_of(call: ast.Call) -> Message | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in _CALLS:
        return None
    positions = _CALLS[name]
    texts = [
        call.args[at].value
        if at is not None and at < len(call.args) and isinstance(call.args[at], ast.Constant)
        else ""
        for at in positions
    ]
    return Message(*texts) if isinstance(texts[0], str) and texts[0] else None


def templates() -> list[Path]:
    """Return every template of the rooms."""
    return sorted(PROGRAM.glob("*/templates/**/*.html"))


def _in_templates() -> Iterator[tuple[Path, Message]]:
    # Loaded here, because they need Django's settings.
    from django.template import engines
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    for path in templates():
        compiled = engines["django"].from_string(path.read_text(encoding="utf-8")).template
        for node in _nodes_below(compiled.nodelist):
            if isinstance(node, TranslateNode):
                yield path, Message(node.filter_expression.var.literal, "", _context_of(node))
            elif isinstance(node, BlockTranslateNode):
                yield path, _block_message(node)


def _nodes_below(nodes: Iterable[Any]) -> Iterator[Any]:
    # Django's own walk passes over what stands inside our block tags.
    for node in nodes:
        yield node
        for name in {*getattr(node, "child_nodelists", ()), "nodelist"}:
            yield from _nodes_below(getattr(node, name, None) or ())


def _block_message(node: Any) -> Message:
    singular, plural = (
        node.render_token_list(tokens)[0] if tokens else ""
        for tokens in (node.singular, node.plural)
    )
    if node.trimmed:
        singular, plural = " ".join(singular.split()), " ".join(plural.split())
    return Message(singular, plural, _context_of(node))


def _context_of(node: Any) -> str:
    context = getattr(node, "message_context", None)
    return "" if context is None else str(context.var)


def update(room: str, found: Found) -> tuple[int, int]:
    """Write the catalogue of ``room`` anew; return how many strings it has and how many wait."""
    path = catalogue_of(room)
    old = read_catalogue(path)
    new = Catalog(locale="en", charset="utf-8", fuzzy=False)
    for message, where in sorted(found.items(), key=lambda item: (min(item[1]), item[0].text)):
        new.add(
            (message.text, message.plural) if message.plural else message.text,
            string=_translation(old, message),
            locations=[(each, None) for each in sorted(set(where))],
            context=message.context or None,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        # No dates and no names: a catalogue changes when its strings do.
        file.write(HEADER.encode())
        write_po(file, new, width=100, omit_header=True, include_lineno=False)
    return len(found), sum(not is_translated(new, message) for message in found)


def _translation(catalogue: Catalog, message: Message) -> str | tuple[str, ...] | None:
    known = catalogue.get(message.text, message.context or None)
    return known.string if known is not None else None


def is_translated(catalogue: Catalog, message: Message) -> bool:
    """Tell whether the catalogue says ``message`` in every form that English needs."""
    string = _translation(catalogue, message)
    return all(string) if isinstance(string, tuple | list) else bool(string)


def main() -> None:
    """Bring every catalogue up to date and say what is still to be translated."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijian.config.settings.test")
    django.setup()
    for room, found in sorted(messages_by_room().items()):
        count, waiting = update(room, found)
        print(f"{room}: {count} strings, {waiting} to translate")


if __name__ == "__main__":
    main()
