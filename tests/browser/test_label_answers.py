"""People pass and fail answers in a real browser, without learning whose they are."""

import pytest
from playwright.sync_api import expect

import shipworthy as sw
from shipworthy.workbench.label import desk_of
from tests.browser.serving import served
from tests.workbench.judged import judged_folder
from tests.workbench.verdicts import QUEUED


@pytest.fixture
def folder(tmp_path):
    folder = judged_folder(tmp_path / "desk", QUEUED, labels=0)
    sw.label_take(sw.open(folder), 4)
    return folder


@pytest.fixture
def address(folder):
    """The page, served as the program serves it."""
    with served(desk_of(sw.open(folder))) as address:
        yield address


def test_the_page_shows_question_answer_and_rubric_and_takes_pass_and_fail(window, address, folder):
    page = window(address)
    page.get_by_label("Your name").fill("ana")
    page.get_by_role("button", name="Begin").click()
    shown = page.locator("dl").inner_text()
    assert "How do I" in shown
    expect(page.locator(".guide")).to_contain_text("An answer passes if it says what to do next.")
    assert "assistant" not in page.content()
    for key, done in (("1", 1), ("2", 2), ("?", 3)):
        page.keyboard.press(key)
        expect(page.locator("#done")).to_have_text(f"{done} labelled")
    status = sw.label(sw.open(folder))
    assert {"settled": 2, "unclear": 1, "open": 1} == status.states
