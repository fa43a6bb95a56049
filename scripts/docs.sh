#!/bin/sh
# Prints the regulations from their packs into docs/rules. With --check changes nothing and fails
# when a printed regulation is no longer what its pack says.
set -eu
cd "$(dirname "$0")/.."
check=${1:-}
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
code=0
for manifest in packs/*/pack.yaml; do
    [ -e "$manifest" ] || continue
    pack=$(basename "$(dirname "$manifest")")
    .venv/bin/zhijian pack show "packs/$pack" > "$fresh/$pack.md"
done
if [ "$check" = --check ]; then
    mkdir -p docs/rules
    if ! diff -rq "$fresh" docs/rules; then
        echo "The printed regulations are stale: run make docs" >&2
        code=1
    fi
else
    rm -rf docs/rules
    cp -r "$fresh" docs/rules
    chmod 755 docs/rules
    echo "Printed: $(ls docs/rules | wc -l) regulations"
fi
exit $code
