#!/bin/sh
# Everything a build server checks except tests. Runs all, then tells which failed.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
unset DATABASE_URL DJANGO_SETTINGS_MODULE
failed=
undone=

# A step that could not be done for want of a service outside says so with 75.
step() {
    name=$1
    shift
    printf '== %s\n' "$name"
    "$@"
    case $? in
        0) ;;
        75) undone="$undone $name" ;;
        *) failed="$failed $name" ;;
    esac
}

deploy() {
    SECRET_KEY=$($bin/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        ALLOWED_HOSTS=zhijian.example DJANGO_SETTINGS_MODULE=zhijian.config.settings.production \
        $bin/python -W error manage.py check --deploy --fail-level WARNING
}

schema() {
    $bin/python manage.py spectacular --validate --fail-on-warn --file /dev/null
}

step style $bin/ruff check .
step format $bin/ruff format --check -q .
step imports $bin/lint-imports --no-cache
step types $bin/mypy
step migrations $bin/python manage.py makemigrations --check --dry-run
step deploy deploy
step openapi schema
step security $bin/bandit -q -r zhijian -c pyproject.toml
if [ -d packs ]; then
    step packs $bin/zhijian pack check
fi
step docs sh scripts/docs.sh --check
step trace $bin/python tests/trace.py
step audit $bin/python scripts/audit.py

if [ -n "$undone" ]; then
    printf '\n*** Not done:%s. The reason stands above. ***\n' "$undone" >&2
fi

if [ -n "$failed" ]; then
    printf '\nFailed:%s\n' "$failed" >&2
    exit 1
fi
printf '\nAll checks passed\n'
