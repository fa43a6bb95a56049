#!/bin/sh
# Assembles the changelog from its fragments and tags the version. Pushing is left to a person.
set -eu
version=$1
cd "$(dirname "$0")/.."
if ! printf '%s' "$version" | grep -qE '^[0-9]+\.[0-9]+\.[0-9]+$'; then
    echo "usage: make release VERSION=1.2.3" >&2
    exit 2
fi
if [ -n "$(git status --porcelain)" ]; then
    echo "There are changes that are not committed." >&2
    exit 1
fi
sed -i -E "s/^version = \".*\"/version = \"$version\"/" pyproject.toml
.venv/bin/towncrier build --yes --version "$version"
git add -A
git commit -q -m "Release $version"
git tag -a "v$version" -m "Release $version"
echo "Tagged v$version"
