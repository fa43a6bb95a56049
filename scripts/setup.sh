#!/bin/sh
# Installs a lock, checked against its digests, into .venv: with uv, else with pip.
set -eu
lock=$1
cd "$(dirname "$0")/.."
venv=.venv
python=${PYTHON:-python3}

may_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or later is needed; found: $("$python" --version 2>&1). PYTHON=… names another." >&2
    exit 2
fi

if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    echo "Making $venv"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        if ! may_apt; then
            echo "The module venv is missing; install it first (Debian, Ubuntu: python3-venv)." >&2
            exit 2
        fi
        apt-get update -qq
        apt-get install -y -qq python3-venv >/dev/null
        rm -rf "$venv"
        "$python" -m venv "$venv"
    fi
fi

if command -v uv >/dev/null 2>&1; then
    uv=uv
elif [ -x "$venv/bin/uv" ]; then
    uv=$venv/bin/uv
elif "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes \
        -r requirements-uv.lock 2>/dev/null; then
    uv=$venv/bin/uv
else
    uv=
fi

echo "Installing $lock"
install_with_uv() {
    [ -n "$uv" ] && "$uv" pip install -q --python "$venv/bin/python" --require-hashes -r "$lock"
}
install_with_uv || {
    echo "Without uv: pip takes a little longer"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
}
# The program itself, in place: changes to its files count at once.
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation \
    --editable .
