#!/usr/bin/env bash
# Make the virtual environment with Python 3.11 or later; on a bare Debian as root, fetch what venv needs.
set -eu
python=$1 folder=$2
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  echo "Perdure needs Python 3.11 or later, and '$python' is older. Install python3.11 and run make again." >&2
  exit 1
fi
if "$python" -m venv "$folder" 2>/dev/null; then exit 0; fi
rm -rf "$folder"
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
  apt-get update -qq && apt-get install -y -qq "$version-venv" >/dev/null
  "$python" -m venv "$folder"
else
  echo "This Python has no venv. On Debian or Ubuntu: sudo apt-get install python3-venv; then run make again." >&2
  exit 1
fi
