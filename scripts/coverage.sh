#!/bin/sh
# Fails when a branch of the domain is not tried, or too many lines of the rooms.
#   coverage.sh domain   the domain by its own tests and examples: every branch
#   coverage.sh rooms    the rooms by all other tests on SQLite: nine lines of ten
# What other processes do (web server, worker) is not seen, and counts as not tried.
set -eu
cd "$(dirname "$0")/.."
jobs=${JOBS:-2}
unset DATABASE_URL DJANGO_SETTINGS_MODULE
COVERAGE_FILE=$(mktemp -d)/coverage
export COVERAGE_FILE
trap 'rm -rf "$(dirname "$COVERAGE_FILE")"' EXIT

measured() { .venv/bin/pytest -q -n "$jobs" --dist worksteal --cov-report=term-missing "$@"; }

case $1 in
    domain) measured tests/domain tests/golden --cov=zhijian.domain --cov-branch --cov-fail-under=100 ;;
    rooms)
        measured tests --ignore=tests/domain -m "not browser" \
            --cov=zhijian --cov-config=tests/rooms.coveragerc --cov-fail-under=90
        ;;
esac
