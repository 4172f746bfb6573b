"""What incident prints, asks and refuses."""

import json

import pytest

from tests.cli.command import command
from tests.cli.terminal import Terminal
from tests.workbench import shop

TEXT = shop.PRODUCT.replace("true_positive", "volume: 10_000 / month, true_positive")
TEXT += "  - gap(false_positive_rate, format) <= 0.001\n"


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A product that was evaluated; incidents of each test go to a workspace of their own."""
    folder = shop.product_folder(tmp_path_factory.mktemp("incident") / "shop", TEXT)
    command("evaluate", folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return shop.product_folder(tmp_path / "shop", TEXT)


def begun(folder, *options):
    return command("incident", folder, "--open", "HTML mail is held", "--as", "Ada", *options)


def stepped(folder, name, *options):
    return command("incident", folder, "--step", name, "--say", "a label, so it is", "--as", "Ada", *options)


def test_opening_shows_the_clocks_what_is_to_come_and_the_first_questions(folder):
    done = begun(folder)
    assert (0, "") == (done.code, done.err)
    assert "incident 1: next: verify" == done.out.splitlines()[0]
    assert "clock: breach of personal data, GDPR Article 33(1), due " in done.out
    assert "to come: verify, size, contain, tell, cause, fix, re-measure, learn" in done.out
    assert "Is it an error of the data, or of how it was counted?" in done.out


def test_a_step_out_of_order_is_refused_with_the_one_that_comes(folder):
    begun(folder)
    done = stepped(folder, "fix")
    assert 2 == done.code
    assert "fix comes after verify" in done.err
    assert f"Next: shipworthy incident --show {folder}" == done.next


def test_contain_comes_at_once_with_a_reason_that_is_kept(folder):
    begun(folder)
    assert 2 == stepped(folder, "contain").code
    assert "before its turn: letters go out" in stepped(folder, "contain", "--because", "letters go out").out


def test_sizes_are_natural_frequencies(judged):
    begun(judged, "--drill")
    stepped(judged, "verify")
    out = " ".join(stepped(judged, "size").out.split())
    assert "hit hardest: of 1,000 such cases" in out
    assert "a month" in out
    assert "drill 1: next: contain" in out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--open", "x", "--step", "verify"], "--open and --step exclude each other"),
        (["--say", "x"], "--say needs --step"),
        (["--evidence", "x", "--because", "y"], "--evidence and --because need --step"),
        (["--drill"], "--drill goes with --open"),
        (["--show", "--step", "verify"], "--show changes nothing"),
    ],
)
def test_options_that_do_not_go_together_are_told(folder, options, message):
    done = command("incident", folder, *options)
    assert (2, True) == (done.code, message in done.err)
    assert "Next: shipworthy incident --help" == done.next


def test_show_and_json_say_where_it_stands_and_change_nothing(folder):
    begun(folder)
    shown = command("incident", folder, "--show")
    found = json.loads(command("incident", folder, "--json").out)
    assert "incident 1: next: verify" in shown.out
    assert ("HTML mail is held", []) == (found["incident"]["what"], found["incident"]["steps"])


def test_without_an_incident_the_way_to_open_one_is_told(folder):
    done = command("incident", folder)
    assert (2, "Next: shipworthy incident --help") == (done.code, done.next)
    assert "--open" in done.err


def test_a_drill_can_be_walked_to_its_end_and_leaves_a_line_to_write(folder):
    begun(folder, "--drill", "--candidate", "keywords")
    for name in ("verify", "size", "contain", "tell", "cause", "fix"):
        assert 0 == stepped(folder, name).code, name
    command("evaluate", folder)
    measured = stepped(folder, "re-measure")
    assert measured.code in (1, 3)
    assert measured.next.startswith("Next: shipworthy ")


def test_at_a_terminal_the_questions_come_one_by_one_and_an_empty_line_stops(folder):
    terminal = Terminal("incident", folder, "--open", "HTML mail is held", "--as", "Ada")
    terminal.read_until("counted? [Enter: stop here]")
    terminal.answer("no error", "chance? [Enter: stop here]")
    terminal.answer("enough", "since when? [Enter: stop here]")
    terminal.answer("", "Go on with: shipworthy incident")
    assert 0 == terminal.code()
    assert "next: size" in command("incident", folder, "--show").out
