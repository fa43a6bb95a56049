"""A process of the program that is kept for questions: lines of Python in, what they print out.

``python -m tests.console`` reads one JSON string after the other and answers each with another. It
keeps no connection between two questions: the database may be copied or looked at by others.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import redirect_stdout

import django
from django.db import connections


def main() -> None:
    """Answer until nobody asks any more."""
    django.setup()
    for question in sys.stdin:
        told = io.StringIO()
        with redirect_stdout(told):
            exec(json.loads(question), {"__name__": "question"})
        connections.close_all()
        print(json.dumps(told.getvalue()), flush=True)


if __name__ == "__main__":
    main()
