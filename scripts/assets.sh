#!/bin/sh
# Bundles the assets with the Node of this machine, or with one installed into .venv.
set -eu
cd "$(dirname "$0")/.."
venv=$PWD/.venv

usable() { command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; }

PATH=$venv/bin:$PATH
if ! usable; then
    echo "Installing Node into .venv"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes \
        -r requirements-node.lock
fi
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Fetching the sources of the assets"
    npm ci --silent --ignore-scripts --no-audit --no-fund
fi
node assets/build.mjs
echo "Assets bundled"
