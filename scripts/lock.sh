#!/bin/sh
# Writes the locks: every version with its digests, for each supported Python, and no host's name.
set -eu
cd "$(dirname "$0")/.."
uv=${UV:-.venv/bin/uv}

compile() {
    out=$1
    shift
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-header ${UPGRADE:+--upgrade} -o "$out" "$@"
}

compile requirements.lock pyproject.toml --extra postgresql --group build
compile requirements-dev.lock pyproject.toml --extra postgresql --group build --group dev \
    --constraint requirements.lock
compile requirements-node.lock --group node
compile requirements-uv.lock --group uv
npm install --package-lock-only --ignore-scripts --no-audit --no-fund
if grep -nE 'https?://|resolved' requirements*.lock package-lock.json | grep -v '"url"'; then
    echo "a lock names a host" >&2
    exit 1
fi
