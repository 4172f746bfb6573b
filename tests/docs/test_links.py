"""Links between pages lead somewhere."""

import re

import pytest

from scripts.pages.markdown import DOCS, ROOT, blocks, name_of, pages, prose

ELSEWHERE = ("https://github.com/shipworthy/",)


def links(page):
    text = re.sub(r"`[^`]*`", "", prose(page.read_text(encoding="utf-8")))
    return re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text)


def anchors(page):
    """The names that headings get: lower case, hyphens for spaces, other signs dropped."""
    heads = re.findall(r"^#+ (.+)$", prose(page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_link_leads_to_a_page_and_a_heading_in_it(page):
    for link in links(page):
        if link.startswith("https://"):
            assert link.startswith(ELSEWHERE), link
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_linked_from_the_index():
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links(DOCS / "index.md")}
    assert set() == {page for page in pages() if page.name not in ("index.md", "README.md")} - linked


def test_the_readme_leads_to_the_index_and_the_first_steps():
    linked = {link.partition("#")[0] for link in links(ROOT / "README.md")}
    assert {"docs/index.md", "docs/start.md", "docs/concepts.md"} <= linked


def test_blocks_name_a_language_that_readers_know():
    known = {"", "console", "python", "text", "yaml", "sh"}
    for page in pages():
        assert {block.language for block in blocks(page.read_text(encoding="utf-8"))} <= known, name_of(page)
