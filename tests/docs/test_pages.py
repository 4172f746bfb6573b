"""Every block of the documentation runs, and prints what the page shows."""

import re

import pytest

from scripts.pages.markdown import blocks, name_of, pages, prose, tables
from scripts.pages.running import essence, is_run, outcome
from scripts.pages.session import plain_arguments

TEXTS = {page: page.read_text(encoding="utf-8") for page in pages()}
RUN = [page for page, text in TEXTS.items() if is_run(text)]
DEAR = frozenset({
    "docs/chat.md", "docs/economics.md", "docs/guides/audit.md", "docs/guides/compare.md", "docs/guides/document.md",
    "docs/guides/evaluate.md", "docs/guides/explain.md", "docs/guides/frame.md", "docs/guides/gate.md", "docs/guides/history.md",
    "docs/guides/incident.md", "docs/guides/label.md", "docs/guides/metrics.md", "docs/guides/probe.md", "docs/guides/records.md",
    "docs/guides/risks.md", "docs/guides/sign.md", "docs/guides/train.md", "docs/judge.md", "docs/scale.md",
})  # fmt: skip
"""Pages that run for five seconds and more on a busy machine: slow tests. Their verbs are run by tests/workbench and tests/cli each time."""
COMPARED = [pytest.param(page, marks=pytest.mark.slow) if name_of(page) in DEAR else page for page in RUN]
REFRESH = "run: python scripts/make_docs.py --update"


@pytest.mark.parametrize("page", COMPARED, ids=name_of)
def test_a_page_shows_what_its_commands_print(page, shelf, run, locked, tmp_path):
    """Times, hashes and latencies may differ, and nothing else; verdicts on latencies that a busy machine turned are taken again."""
    found = differing(page, outcome(page, shelf, run))
    if any("latency_ms" in shown for _, shown, _ in found):
        found = differing(page, outcome(page, tmp_path, run))
    assert [] == found, REFRESH


def differing(page, ran):
    """The lines, texts and outcomes of the blocks that show something else than was printed."""
    compared = [
        (block.first + 1, essence(block.text), essence(ran.shown[block.first]))
        for block in blocks(TEXTS[page])
        if block.first in ran.shown
    ]
    return [each for each in compared if each[1] != each[2]]


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_numbers_of_the_prose_stand_in_a_block(page):
    """A number in bold or with a comma is quoted from what the page's own blocks show."""
    text = prose(TEXTS[page])
    shown = essence("\n".join(block.text for block in blocks(TEXTS[page])))
    bold = [found for found in re.findall(r"\*\*(.+?)\*\*", text) if re.fullmatch(r"[^a-z]*\d[^a-z]*", found)]
    quoted = [*bold, *re.findall(r"\b\d{1,3}(?:,\d{3})+\b", text)]
    assert [] == [number for number in quoted if essence(number) not in shown]


def test_what_the_readme_promises_is_on_its_first_screen():
    """The three answers are seen, and the decision."""
    text = TEXTS[pages()[0]]
    first = next(block for block in blocks(text) if block.language == "console").text
    assert all(word in first for word in ("✓ met", "✗ missed", "? undecided", "more", "NOT YET"))


def test_every_program_that_prints_shows_what_it_prints():
    """A Python block is followed by its output."""
    for page in RUN:
        found = blocks(TEXTS[page])
        for block, after in zip(found, [*found[1:], None], strict=True):
            if block.language == "python" and "print(" in block.text:
                assert after is not None, name_of(page)
                assert "text" == after.language, f"{name_of(page)}: line {block.last + 1}"


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_no_page_knows_the_machine_that_it_was_written_on(page):
    assert not re.search(r"(?<![\w.])/(tmp|work|root|home/(?!you))\b", TEXTS[page])


@pytest.mark.parametrize("page", TEXTS, ids=name_of)
def test_the_rows_of_a_table_have_as_many_cells_as_its_head(page):
    for table in tables(TEXTS[page]):
        assert {len(table[0])} == {len(row) for row in table}


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("shipworthy check mail", ["check", "mail"]),
        ('shipworthy evaluate mail --why "recall >= 0.5"', ["evaluate", "mail", "--why", "recall >= 0.5"]),
        ("shipworthy records mail | head -n 1", None),
        ('shipworthy records --show "$(cat id)"', None),
        ("echo $?", None),
    ],
)
def test_only_a_plain_command_runs_without_a_shell(command, arguments):
    assert arguments == plain_arguments(command)
