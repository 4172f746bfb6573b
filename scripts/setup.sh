#!/usr/bin/env bash
# Make or refresh a virtual environment from a lock file:  scripts/setup.sh VENV LOCK PYTHON [LOCK_WITHOUT_DEPENDENCIES]
# uv does it in seconds; without uv the same lock goes through pip.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=$1 lock=$2 python=$3 alone=${4:-}

if [ ! -x "$venv/bin/python" ]; then
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed, and '$python' is not: make setup PYTHON=/path/to/python3.11" >&2
    exit 1
  fi
  "$python" -m venv "$venv"
fi

if [ -x "$venv/bin/uv" ] || "$venv/bin/python" -m pip install --quiet "uv>=0.9"; then
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock"
  [ -z "$alone" ] || "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps --require-hashes -r "$alone"
  "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps -e .
else
  echo "uv could not be installed: going on with pip, which takes about a minute" >&2
  "$venv/bin/python" -m pip install --quiet --require-hashes -r "$lock"
  [ -z "$alone" ] || "$venv/bin/python" -m pip install --quiet --no-deps --require-hashes -r "$alone"
  "$venv/bin/python" -m pip install --quiet --no-deps -e .
fi
