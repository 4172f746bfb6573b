"""People label in real browsers: by key, by click, without a script, on a phone, and two at once."""

import http.client
import re
import shutil
import subprocess

import pytest
from playwright.sync_api import expect

import shipworthy as sw
from shipworthy.workbench.labelling.desk import open_desk
from tests.browser.serving import served
from tests.cli.command import PROGRAM, command
from tests.workbench import shop
from tests.workbench.shop import edited, mail

ROWS = edited(
    mail(),
    spam=lambda row: row["spam"] if int(row["id"][1:]) % 2 else None,
    sender=lambda row: "<script>document.title = 'owned'</script>" if row["id"] > "m00200" else row["sender"],
)
GUIDE = "# How to label\nSpam is what *nobody* asked for. <b>bold</b>\n"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A product with six rows in its queue; nobody may change it."""
    folder = tmp_path_factory.mktemp("filled") / "shop"
    text = shop.PRODUCT + "labels: {guidelines: labelling.md, each: 2}\n"
    shop.product_folder(folder, text, ROWS)
    (folder / "labelling.md").write_text(GUIDE)
    sw.label_take(sw.open(folder), 6)
    return folder


@pytest.fixture
def folder(filled, tmp_path):
    return shutil.copytree(filled, tmp_path / "shop")


@pytest.fixture
def address(folder):
    """The page, served as the program serves it."""
    with served(open_desk(sw.open(folder))) as address:
        yield address


def entered(window, address, name, **options):
    page = window(address, **options)
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("#done")).to_be_visible()
    return page


def row_of(page):
    return page.locator("main > h1").inner_text()


def press(page, key, done):
    page.keyboard.press(key)
    expect(page.locator("#done")).to_have_text(f"{done} labelled")


def test_keys_label_skip_and_undo(window, address, folder):
    page = entered(window, address, "ana")
    first = row_of(page)
    press(page, "1", 1)
    second = row_of(page)
    assert first != second
    press(page, "u", 0)
    assert first == row_of(page)
    press(page, "0", 1)
    page.keyboard.press("s")
    expect(page.locator("main > h1")).not_to_have_text(second)
    press(page, "?", 2)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_label("Your name")).to_be_visible()
    status = command("label", folder, "--status", "--json").json["status"]
    assert ([{"name": "ana", "labels": 2, "cannot_tell": 1}], 0) == (status["workers"], status["lent"])


def test_what_rows_and_guidelines_hold_is_shown_and_not_obeyed(window, address):
    page = entered(window, address, "ana")
    assert "owned" not in page.title()
    assert "<script>" in page.locator("dl").inner_text()
    guide = page.locator(".guide")
    expect(guide.get_by_role("heading", name="How to label")).to_be_visible()
    assert "<b>bold</b>" in guide.inner_text()


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_two_people_see_different_rows_or_the_same_one_blind(window, address, folder):
    ana, bo = entered(window, address, "ana"), entered(window, address, "bo")
    assert row_of(ana) == row_of(bo)
    press(ana, "1", 1)
    assert "ana" not in bo.content()
    press(bo, "0", 1)
    assert {"disagreed": 1, "open": 5} == command("label", folder, "--status", "--json").json["status"][
        "states"
    ]
    cy = entered(window, address, "cy")
    for done in range(1, 7):
        if "differ" in cy.content():
            break
        press(cy, "1", done)
    expect(cy.locator(".note")).to_contain_text("Your label settles it")


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_taken_name_is_told_and_can_be_taken_over(window, address):
    first = entered(window, address, "ana")
    second = window(address)
    second.get_by_label("Your name").fill("ana")
    second.get_by_role("button", name="Begin").click()
    expect(second.get_by_role("alert")).to_contain_text("Somebody labels as ana already")
    second.get_by_role("button", name="That was me").click()
    expect(second.locator("#done")).to_be_visible()
    first.keyboard.press("1")
    expect(first.get_by_role("alert")).to_contain_text("Somebody else labels as ana by now")


def test_it_works_on_a_phone_in_the_dark_and_without_a_script(window, address):
    page = entered(
        window,
        address,
        "ana",
        java_script_enabled=False,
        viewport={"width": 360, "height": 700},
        color_scheme="dark",
    )
    before = row_of(page)
    page.get_by_role("button", name="1 yes").click()
    assert before != row_of(page)
    assert "1 labelled" == page.locator("#done").inner_text()
    wide = page.locator("body").bounding_box()
    assert wide is not None
    assert wide["width"] <= 360


def test_when_nothing_is_left_it_says_so_and_undo_still_works(window, address):
    page = entered(window, address, "ana")
    for done in range(1, 7):
        press(page, "1", done)
    expect(page.locator("main > h1")).to_have_text("Nothing is left for you")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#done")).to_have_text("5 labelled")


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Origin": "null"}]
)
def test_other_sites_are_refused(address, headers):
    connection = http.client.HTTPConnection("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))
    connection.request("POST", "/enter", body="name=ana", headers=headers)
    answer = connection.getresponse()
    assert 403 == answer.status
    connection.close()


def test_the_program_serves_the_page_and_tells_of_a_port_that_is_taken(folder):
    process = subprocess.Popen(
        [*PROGRAM, "label", str(folder), "--web", "--port", "0"], stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    found = re.search(r":(\d+)/", process.stderr.readline())
    assert found
    connection = http.client.HTTPConnection("127.0.0.1", int(found[1]))
    connection.request("GET", "/")
    assert "Who labels?" in connection.getresponse().read().decode()
    connection.close()
    done = command("label", folder, "--web", "--port", found[1])
    assert (2, True) == (done.code, "--port 0" in done.err)
    process.terminate()
    process.wait(20)
    process.stderr.close()
