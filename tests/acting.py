"""People in processes of their own: held up at a chosen moment, or let go together.

Each is a fork of the process that is kept for questions (``tests.console``): what the program read
on starting is there already, its connection to the database is its own. ``tests.racing`` is the
other side. Acts are functions of a module: first the folder in which process and test leave signs
for each other, then words.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

_FOR_EVER = 600

Act = Callable[..., None]


def hold(marks: Path, name: str) -> None:
    """Leave a sign and stand still until killed."""
    (marks / name).touch()
    time.sleep(_FOR_EVER)


def held_before(function: Callable[..., Any], marks: Path, name: str) -> Callable[..., Any]:
    """Stand still instead of calling the function."""
    return lambda *_args, **_facts: hold(marks, name)


def held_after(function: Callable[..., Any], marks: Path, name: str) -> Callable[..., Any]:
    """Call the function and then stand still."""

    def called(*args: Any, **facts: Any) -> None:
        function(*args, **facts)
        hold(marks, name)

    return called


def person(name: str) -> Any:
    """Return somebody of the cast."""
    from zhijian.accounts.models import User

    return User.objects.get(username=name)


def alone(act: Act, marks: Path, *arguments: str) -> None:
    """Act at once."""
    act(marks, *arguments)


def together(act: Act, marks: Path, *arguments: str) -> None:
    """Say that we are ready, wait for the sign, act, and tell how it went."""
    from zhijian.foundation.refusal import Refusal

    (marks / f"ready-{os.getpid()}").touch()
    while not (marks / "go").exists():
        time.sleep(0.001)
    try:
        act(marks, *arguments)
    except Refusal as refusal:
        print(refusal.code, refusal.words("zh"))
    else:
        print("done")


def begin(manner: str, module: str, act: str, marks: str, *arguments: str) -> int:
    """Let a process begin to act, ``alone`` or ``together``; return its id."""
    process = os.fork()
    if not process:
        try:
            _speak_into(told_by(marks, os.getpid()))
            globals()[manner](getattr(import_module(module), act), Path(marks), *arguments)
            sys.stdout.flush()
        except BaseException:
            traceback.print_exc()
        finally:
            # Nothing of what the other process still has to do is to be done here.
            os._exit(0)
    return process


def told_by(marks: str, process: int) -> Path:
    """The file into which a process tells how it went."""
    return Path(marks) / f"told-{process}"


def _speak_into(path: Path) -> None:
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = path.open("w", encoding="utf-8")
    os.dup2(sys.stdout.fileno(), 1)


def end(process: int) -> None:
    """Wait until a process has ended."""
    os.waitpid(process, 0)
