"""Print the address of a PostgreSQL server that tests may use, or nothing."""

from __future__ import annotations

import os
import sys

import psycopg

LOCAL = ("postgresql://postgres@127.0.0.1:5432/postgres", "postgresql:///postgres")


def main() -> int:
    """Try the address that was set, else the usual local ones."""
    named = os.environ.get("ZHIJIAN_TEST_POSTGRES_URL", "")
    for url in (named,) if named else LOCAL:
        try:
            with psycopg.connect(url, connect_timeout=3) as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as error:
            if named:
                print(f"ZHIJIAN_TEST_POSTGRES_URL: {error}", file=sys.stderr)
                return 1
            continue
        print(url)
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
