"""Setting and lifting the triggers by which a database itself refuses changes, for migrations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

#: Statements by the name of the engine that understands them.
Statements = Mapping[str, Sequence[str]]
Turn = Callable[[Any, Any], None]


def set_and_lift(made: Statements, undone: Statements) -> tuple[Turn, Turn]:
    """Return what sets the triggers of the engine in use, and what lifts them again.

    Both are what ``RunPython`` calls; tests lift them while they clean the database up.
    """

    def told(statements: Statements) -> Turn:
        def turn(_apps: Any, editor: Any) -> None:
            for each in statements[editor.connection.vendor]:
                editor.execute(each)

        return turn

    return told(made), told(undone)
