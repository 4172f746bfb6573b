"""The gate's page, its JUnit XML and its lines for GitHub say the same, whatever stands in a product's names."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from shipworthy.documents.gating import gate_page, github_lines
from shipworthy.documents.junit import AGAINST, junit
from shipworthy.gate import Gated, Watched, checks, shifts
from tests.evaluate.products import product
from tests.sign.decisions import decided, evaluation, verdict

RECALL = "recall >= 0.5"
PRODUCT = product(RECALL)


def gated(
    answers, code, *, dropped=(), blocked=(), accepted=None, moves=(), requirement=RECALL, at_stake=("a",)
):
    found = evaluation(*(verdict(name, requirement, answer) for name, answer in answers.items()))
    missed = [(name, requirement) for name in answers]
    made = checks(found, at_stake, missed, accepted or {}, {}, {requirement: 4})
    return Gated(code, decided(), "a", made, moves, dropped, blocked, None, ())


def moved(then=0.9, now=0.6):
    before, after = (evaluation(verdict("a", RECALL, "met", value, 0.01)) for value in (then, now))
    return shifts(before, after, ("a", "a"), [Watched(RECALL, "recall", higher=True, margin=0.01)])


CASES = {
    "passes": gated({"a": "met", "b": "missed"}, 0),
    "fails": gated({"a": "missed", "b": "met"}, 1),
    "open": gated({"a": "undecided"}, 3),
    "accepted": gated({"a": "missed"}, 0, accepted={RECALL: "missed"}),
    "worse": gated({"a": "met"}, 1, moves=moved()),
    "dropped": gated({"a": "met"}, 3, dropped=("precision >= 0.9",)),
}


@pytest.mark.parametrize("case", CASES)
def test_junit_has_the_shape_that_its_readers_expect_and_its_sums_are_right(case):
    root = ET.fromstring(junit(PRODUCT, CASES[case]))  # noqa: S314 - written here
    assert "testsuites" == root.tag
    for suite in root:
        assert "testsuite" == suite.tag
        assert {"name", "timestamp", "hostname", "time", "tests", "failures", "errors", "skipped"} == {
            *suite.keys()
        }
        for test in suite:
            assert ("testcase", {"name", "classname", "time"}) == (test.tag, {*test.keys()})
            assert {each.tag for each in test} <= {"failure", "skipped"}
            assert all(each.get("message") for each in test)
        assert suite.get("tests") == str(len(suite))
        for tag, total in (("failure", "failures"), ("skipped", "skipped")):
            assert suite.get(total) == str(len(suite.findall(f"testcase/{tag}")))
    assert root.get("tests") == str(len(root.findall("testsuite/testcase")))


@pytest.mark.parametrize("case", CASES)
def test_junit_has_failures_where_the_gate_fails_and_nowhere_else(case):
    root = ET.fromstring(junit(PRODUCT, CASES[case]))  # noqa: S314 - written here
    assert (CASES[case].code == 1) == (root.get("failures") != "0")


def test_what_is_open_accepted_or_another_candidates_is_skipped():
    for case, told in (
        ("open", "undecided"),
        ("accepted", "An override was signed"),
        ("passes", "another candidate"),
    ):
        root = ET.fromstring(junit(PRODUCT, CASES[case]))  # noqa: S314 - written here
        [skipped] = root.findall("testsuite/testcase/skipped")
        assert told in str(skipped.get("message"))


def test_what_moved_since_the_signature_is_a_suite_of_its_own():
    root = ET.fromstring(junit(PRODUCT, CASES["worse"]))  # noqa: S314 - written here
    failure = root.find(f"testsuite[@name='{AGAINST}']/testcase[@name='recall']/failure")
    assert failure is not None
    assert "worse than when it was signed by more than 0.01" in str(failure.text)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("passes", []),
        ("fails", ["::error file=a/product.yaml,line=4,title=failed%3A recall >= 0.5::a: recall >= 0.5 is missed: so it is"]),
        ("open", ["::warning file=a/product.yaml,line=4,title=open%3A recall >= 0.5::a: recall >= 0.5 is undecided: so it is"]),
        ("accepted", ["::notice file=a/product.yaml,line=4,title=accepted%3A recall >= 0.5::a: recall >= 0.5 is missed: so it is"]),
        ("dropped", ["::warning file=a/product.yaml,title=a signed claim is gone::precision >= 0.9 was signed, and product.yaml no longer says so. Sign the new requirements."]),
    ],
)  # fmt: skip
def test_github_gets_a_line_for_what_does_not_pass(case, expected):
    assert expected == list(github_lines(PRODUCT, CASES[case], "a/product.yaml"))


def test_text_cannot_break_out_of_a_line_for_github():
    claim = "recall >= 50 % where format = 'a,b:c\r\n::error::x'"
    found = gated({"a": "missed"}, 1, requirement=claim)
    [line] = github_lines(PRODUCT, found, "odd,name:%.yaml")
    assert 1 == len(line.splitlines())
    assert line.startswith("::error file=odd%2Cname%3A%25.yaml,line=4,title=failed%3A recall >= 50 %25 where")


def test_text_cannot_break_junit_or_the_page():
    claim = "recall >= 0.5 where format = '<b>&\"\x00\x1b|`x`'"
    found = gated({"a": "missed"}, 1, requirement=claim, dropped=(claim,))
    root = ET.fromstring(junit(PRODUCT, found))  # noqa: S314 - written here
    assert claim.replace("\x00", "\ufffd").replace("\x1b", "\ufffd") == root.find("testsuite/testcase").get(
        "name"
    )
    row = next(line for line in gate_page(PRODUCT, found).splitlines() if "missed" in line)
    assert 6 == row.replace("\\|", "").count("|")


@pytest.mark.parametrize(
    ("case", "word"), [("passes", "passes"), ("fails", "fails"), ("open", "is undecided")]
)
def test_the_page_begins_with_the_outcome(case, word):
    assert f"### {PRODUCT.product} {word} the gate" == gate_page(PRODUCT, CASES[case]).splitlines()[0]


def test_the_page_says_what_moved_and_by_how_much_it_may():
    page = gate_page(PRODUCT, CASES["worse"])
    assert (
        "| ✗ worse | `recall` | 90.0 % (89.0 to 91.0) then, 60.0 % (59.0 to 61.0) now | 0.01 |"
        in page.replace("\N{NO-BREAK SPACE}", " ")
    )
