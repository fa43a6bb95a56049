#!/bin/sh
# Gets Chromium and a Chinese font for the browser tests where that is allowed.
set -eu
loudly() { printf '\n*** %s ***\n\n' "$1" >&2; }

has_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null | head -1)" ]; }

if has_browser && has_font; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    loudly "Chromium or a Chinese font is missing and may not be installed here: the browser tests are left out"
    exit 0
fi
echo "Installing Chromium and a Chinese font for the browser tests"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || true
apt-get install -y -qq --no-install-recommends chromium fontconfig fonts-wqy-microhei >/dev/null 2>&1 \
    || loudly "Chromium could not be installed: the browser tests are left out"
