#!/usr/bin/env bash
# A Chromium for the browser tests: one on the PATH, else Debian's when we are root, else Playwright's own.
set -eu
# Playwright's driver is a Node that wants libatomic, which a bare Debian does not have.
if ! "$("$1/python" -c 'from playwright._impl._driver import compute_driver_executable as d; print(d()[0])')" --version >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq libatomic1 >/dev/null
  else
    echo "The browser tests need libatomic. On Debian or Ubuntu: sudo apt-get install libatomic1; then run make again." >&2
    exit 1
  fi
fi
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null; then exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq chromium >/dev/null && command -v chromium >/dev/null && exit 0
fi
"$1/playwright" install chromium
