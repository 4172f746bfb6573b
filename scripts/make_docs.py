"""Refresh the documentation.

python scripts/make_docs.py                  rewrite what is generated from the source
python scripts/make_docs.py --update [PAGE]  and run the pages' code, and paste what it prints now
python scripts/make_docs.py --check          change nothing; exit code 1 where a generated part is stale
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.pages.markdown import Block, blocks, name_of, pages, with_contents
from scripts.pages.reference import refreshed
from scripts.pages.running import Run, essence, is_run, outcome, running


def main() -> int:
    """Refresh the pages that are named, or all of them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--update", action="store_true", help="run the pages, and paste what they print")
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("pages", nargs="*", help="only pages whose path holds one of these words")
    given = parser.parse_args()
    wanted = [
        page for page in pages() if not given.pages or any(word in name_of(page) for word in given.pages)
    ]
    changed = [page for page in wanted if _wrote(page, refreshed(page.read_text()), write=not given.check)]
    if given.update:
        with tempfile.TemporaryDirectory() as shelf, running() as run:
            changed += [page for page in wanted if _updated(page, Path(shelf), run)]
    for page in dict.fromkeys(changed):
        print(f"{'stale' if given.check else 'refreshed'}: {name_of(page)}")
    return int(given.check and bool(changed))


def _updated(page: Path, shelf: Path, run: Run) -> bool:
    text = page.read_text(encoding="utf-8")
    if not is_run(text):
        return False
    print(f"running {name_of(page)}", file=sys.stderr)
    shown = outcome(page, shelf, run).shown
    new = {block.first: shown[block.first] for block in blocks(text) if _differs(block, shown)}
    return _wrote(page, with_contents(text, new), write=True)


def _differs(block: Block, shown: dict[int, str]) -> bool:
    return block.first in shown and essence(shown[block.first]) != essence(block.text)


def _wrote(page: Path, text: str, *, write: bool) -> bool:
    if text == page.read_text(encoding="utf-8"):
        return False
    if write:
        page.write_text(text, encoding="utf-8")
    return True


if __name__ == "__main__":
    sys.exit(main())
