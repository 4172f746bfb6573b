"""What label prints and refuses, and how it feels at a real terminal."""

import os
import pty
import select
import sys
import time

import pytest

from tests.cli.command import PROGRAM, command
from tests.workbench import shop
from tests.workbench.shop import edited, mail

ROWS = edited(mail(), spam=lambda row: row["spam"] if int(row["id"][1:]) % 2 else None)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "labelling.md").write_text("# How to label\nSpam is what *nobody* asked for.\n")
    text = shop.PRODUCT + "labels: {guidelines: labelling.md, each: 2}\n"
    return shop.product_folder(tmp_path / "shop", text, ROWS)


def test_rows_are_taken_and_the_status_counts_them(folder):
    taken = command("label", folder, "--take", 12, "--by", "slices", "--json").json["taken"]
    assert (12, "slices", "test") == (taken["rows"], taken["strategy"], taken["part"])
    status = command("label", folder, "--status", "--json").json["status"]
    assert (12, 24, 0) == (status["items"], status["wanted"], status["labels"])
    assert "12 rows, 0 of 24 labels given" in command("label", folder, "--status").out


def test_an_empty_queue_says_how_to_fill_it(folder):
    assert "shipworthy label --take 100" in command("label", folder, "--status").out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--take", 5, "--by", "randm"), "label.strategy", "Did you mean 'random'?"),
        (("--take", 0), "label.rows", "--take 100"),
        (("--take", 5, "--status"), "cli.label", "--take and --status exclude each other"),
        (("--by", "random"), "cli.label", "need --take"),
        (("--take", 5, "--by", "noise"), "label.strategy", "--ids FILE"),
        (("--take", 5, "--by", "noise", "--ids", "none.txt"), "label.file", "cannot be read"),
        (("--take", 5, "--by", "uncertainty"), "label.nothing_to_draw", "no train row"),
        (("--export", "labels.xlsx"), "label.file", ".csv, .parquet, .json"),
        (("--import", "none.csv"), "label.file", "cannot be read"),
        ((), "cli.label", "prints no JSON"),
    ],
)
def test_wrong_options_are_told_what_to_do(tmp_path, arguments, code, words):
    text = shop.PRODUCT.replace("test: 50 %, validation: 20 %", "test: 79 %, validation: 20 %")
    folder = shop.product_folder(tmp_path / "shop", text, edited(mail(), spam=lambda row: row["spam"]))
    done = command("label", folder, *arguments, "--json")
    assert 2 == done.code
    assert code == done.json["error"]["code"]
    assert words in done.json["error"]["message"] + done.json["error"]["remedy"]
    assert done.next.startswith("Next: shipworthy label --help")


def test_without_a_terminal_it_says_web_or_import(folder):
    done = command("label", folder)
    assert (2, True) == (done.code, "--web" in done.err and "--import" in done.err)


def test_broken_lines_of_an_import_are_named_and_the_rest_is_kept(folder, tmp_path):
    file = tmp_path / "theirs.csv"
    file.write_text("id,label,labeller\nm00300,1,zoe\nm00302,perhaps,zoe\nm00304,0\nnobody,1,zoe\n")
    done = command("label", folder, "--import", file, "--json")
    assert (0, 1) == (done.code, done.json["imported"]["new"])
    found = [(problem["code"], problem["where"]["line"]) for problem in done.json["imported"]["problems"]]
    assert [("label.line", 4), ("label.value", 3), ("label.unknown_id", None)] == found


def test_an_import_of_which_nothing_is_kept_fails(folder, tmp_path):
    file = tmp_path / "theirs.csv"
    file.write_text("id,label\nnobody,1\n")
    done = command("label", folder, "--import", file)
    assert 2 == done.code
    assert "nothing of" in done.err


def test_guidelines_that_are_missing_are_named_with_their_place(tmp_path):
    text = shop.PRODUCT + "labels: {guidelines: nowhere.md}\n"
    folder = shop.product_folder(tmp_path / "shop", text, ROWS)
    command("label", folder, "--take", 5)
    with Terminal(folder, "ana") as terminal:
        terminal.read_until("Next:")
        assert "product.yaml:15" in terminal.seen


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ("{each: 0}", "labels.each"),
        ("{store: 'postgresql://x/y'}", "store and queue go together"),
        ("{guideline: a.md}", "guidelines"),
    ],
)
def test_a_wrong_section_is_told_beside_its_line(tmp_path, labels, words):
    folder = shop.product_folder(tmp_path, shop.PRODUCT + f"labels: {labels}\n", ROWS)
    done = command("label", folder, "--status")
    assert 2 == done.code
    assert "product.yaml:15" in done.err
    assert words in done.err


def test_a_store_that_is_no_postgresql_is_refused_and_one_that_does_not_answer_is_another_failure(tmp_path):
    for url, code in (("mysql://x/y", 2), ("postgresql://nobody:s3cret@127.0.0.1:1/y", 4)):
        text = shop.PRODUCT + f"labels: {{store: '{url}', queue: q}}\n"
        done = command("label", shop.product_folder(tmp_path, text, ROWS), "--status")
        assert code == done.code
        assert "s3cret" not in done.err


def test_a_store_that_is_no_database_is_another_failure(folder):
    (folder / ".shipworthy").mkdir()
    (folder / ".shipworthy" / "store.db").write_text("this is no database at all, " * 50)
    done = command("label", folder, "--status")
    assert 4 == done.code
    assert "is no other file" in done.err


class Terminal:
    """The program at a terminal of its own, with somebody who presses keys."""

    def __init__(self, folder, name):
        self.seen, self.new = "", ""
        self.process, self.handle = pty.fork()
        if self.process == 0:
            os.environ["COLUMNS"] = "100"
            os.execv(sys.executable, [*PROGRAM, "label", str(folder), "--as", name])  # noqa: S606 - it is the program under test

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.handle)
        os.waitpid(self.process, 0)

    def read_until(self, words, seconds=60.0):
        """Wait for words that come after what was read before; all that was said since."""
        self.new, end = "", time.monotonic() + seconds
        while words not in self.new:
            assert time.monotonic() < end, self.seen
            if select.select([self.handle], [], [], 0.1)[0]:
                try:
                    said = os.read(self.handle, 65_536).decode(errors="replace")
                except OSError:
                    break
                self.new += said
                self.seen += said
        assert words in self.new, self.seen
        return self.new

    def press(self, keys, words):
        """Press keys and wait for words."""
        os.write(self.handle, keys.encode())
        return self.read_until(words)


def test_one_key_labels_a_row_and_shows_the_next(folder):
    command("label", folder, "--take", 3)
    with Terminal(folder, "ana") as terminal:
        assert "nobody" in terminal.read_until("0 done")
        terminal.press("1", "1 done")
        terminal.press("u", "0 done")
        terminal.press("0", "1 done")
        terminal.press("g", "How to label")
        terminal.press("s", "1 done")
        terminal.press("x?", "2 done")
        terminal.press("1", "Nothing is left for you in the queue.")
    status = command("label", folder, "--status", "--json").json["status"]
    assert [{"name": "ana", "labels": 3, "cannot_tell": 1}] == status["workers"]
    assert 0 == status["lent"]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_terminal_that_is_left_gives_the_row_back(folder):
    command("label", folder, "--take", 3)
    with Terminal(folder, "ana") as terminal:
        terminal.read_until("0 done")
        terminal.press("q", "0 labelled")
    assert 0 == command("label", folder, "--status", "--json").json["status"]["lent"]


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_two_terminals_under_one_name_are_told(folder):
    command("label", folder, "--take", 3)
    with Terminal(folder, "ana") as first:
        first.read_until("0 done")
        with Terminal(folder, "ana") as second:
            assert "somebody labels as ana already" in second.read_until("already")
        first.press("q", "labelled")


@pytest.mark.slow  # a terminal of its own, and its kin prove the rest
def test_a_number_is_typed_and_a_wrong_one_is_asked_again(tmp_path):
    text = shop.PRODUCT.replace("{target: spam, positive: 1}", "{target: size, kind: regression}")
    text = shop.with_requirements("mae <= 5", text=text).replace(
        '  keywords: {rule: "bait > 1 OR winner", cost: 0}', '  twice: {rule: "bait * 2", cost: 0}'
    )
    text = text.replace(
        "value: {currency: USD, true_positive: 0.02, false_positive: -0.1, false_negative: -0.05}\n", ""
    )
    rows = edited(mail(), size=lambda row: row["size"] if int(row["id"][1:]) % 2 else None)
    folder = shop.product_folder(tmp_path / "shop", text, rows)
    assert 0 == command("label", folder, "--take", 2).code
    with Terminal(folder, "ana") as terminal:
        terminal.read_until("0 done")
        terminal.press("many\n", "is no number")
        terminal.press("7.50\n", "1 done")
        terminal.press("q\n", "1 labelled")
    [line] = [line for line in _exported(folder, tmp_path).splitlines() if ",ana," in line]
    assert "7.5" == line.split(",")[1]


def _exported(folder, tmp_path):
    command("label", folder, "--export", tmp_path / "labels.csv")
    return (tmp_path / "labels.csv").read_text()
