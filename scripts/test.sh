#!/bin/sh
# Runs the suite on SQLite and then, where a server answers, on PostgreSQL.
set -u
cd "$(dirname "$0")/.."
lane=$1
bin=.venv/bin
jobs=${JOBS:-2}
unset DATABASE_URL DJANGO_SETTINGS_MODULE
# Dozens of processes start; what one has compiled is there for the others.
if [ -n "${PYTHONDONTWRITEBYTECODE:-}" ]; then
    unset PYTHONDONTWRITEBYTECODE
    export PYTHONPYCACHEPREFIX="$PWD/.venv/bytecode"
fi
code=0
loudly() { printf '\n*** %s ***\n\n' "$1"; }

postgres=$($bin/python scripts/find_postgres.py)

if [ "$lane" = all ]; then
    echo "== The domain: every test and every branch"
    sh scripts/coverage.sh domain || code=1
    echo "== SQLite: every other test"
    # What makes PostgreSQL databases of its own is left to the lane below.
    ZHIJIAN_TEST_POSTGRES_URL=$postgres $bin/pytest -q -n "$jobs" --dist worksteal tests \
        --ignore=tests/domain --ignore=tests/golden -m "${postgres:+not postgres}" || code=1
fi
if [ -n "$postgres" ]; then
    echo "== PostgreSQL: every test that touches rows"
    ZHIJIAN_TEST_POSTGRES_URL=$postgres DATABASE_URL=$postgres \
        $bin/pytest -q -n "$jobs" --dist worksteal tests \
        --ignore=tests/domain --ignore=tests/architecture --ignore=tests/golden \
        --ignore=tests/commands --ignore=tests/apps/intake_workbooks \
        -m "rows and not browser and not sqlite" || code=1
else
    loudly "PostgreSQL was not tested: no server answers. ZHIJIAN_TEST_POSTGRES_URL names one."
    [ "$lane" = postgresql ] && code=1
fi
exit $code
