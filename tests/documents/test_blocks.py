"""What people write between markers survives, byte for byte, wherever the document goes."""

from hypothesis import given
from hypothesis import strategies as st

from shipworthy.documents.blocks import Block, blocks, sections, slug, with_blocks, without_blocks

TEXT = "# Title\n\nLead.\n\n## One thing\n\nText.\n\n## Two\n\n```\n## no heading\n```\n\n## Two\n\nEnd.\n"
bodies = st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1, max_size=60).filter(
    lambda text: text.strip() and "<!--" not in text
)


def test_each_section_is_offered_one_block():
    offered = with_blocks(TEXT, ())
    assert ["one-thing", "two", "two-2"] == [
        line.split("yours: ")[1].removesuffix(" -->") for line in offered.splitlines() if "yours" in line
    ]
    assert () == blocks(offered)


def test_a_document_with_places_for_blocks_says_what_it_said_without():
    words = [line for line in without_blocks(with_blocks(TEXT, ())).splitlines() if line]
    assert [line for line in TEXT.splitlines() if line] == words


@given(bodies, st.sampled_from(["one-thing", "two", "two-2", "a section that is gone"]))
def test_a_block_survives_byte_for_byte(body, name):
    given_block = Block(name, f"{body}\n")
    once = with_blocks(TEXT, [given_block])
    assert (given_block,) == blocks(once)
    assert once == with_blocks(TEXT, blocks(once))


def test_a_block_whose_section_is_gone_is_kept_at_the_end():
    kept = with_blocks(TEXT, [Block("gone", "Mine.\n")])
    assert kept.endswith("<!-- yours: gone -->\nMine.\n<!-- end -->\n")


def test_blocks_of_one_name_keep_their_order():
    both = (Block("two", "first\n"), Block("two", "second\n"))
    assert both == blocks(with_blocks(TEXT, both))


def test_lines_of_another_system_are_blocks_too():
    found = blocks("<!-- yours: x -->\r\nMine.\r\n<!-- end -->\r\n")
    assert (Block("x", "Mine.\r\n"),) == found


def test_sections_have_names_of_their_own():
    assert ["", "one-thing", "two", "two-2"] == [name for name, _ in sections(TEXT)]
    assert "what-it-would-cost" == slug("What it would *cost*!")
