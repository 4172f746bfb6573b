"""The numbers of the page on ideas are true."""

import re

from scripts.pages.markdown import DOCS
from shipworthy.stats.proportion import clopper_pearson_lower, clopper_pearson_upper, displayed

TEXT = (DOCS / "concepts.md").read_text(encoding="utf-8")


def test_so_many_rows_without_a_mistake_prove_one_in_a_thousand():
    [rows] = re.findall(r"you need ([\d,]+) good messages \*without", TEXT)
    needed = next(n for n in range(1, 10_000) if clopper_pearson_upper(0.0, float(n), 0.95) <= 0.001)
    assert needed == int(rows.replace(",", ""))


def test_49_of_120_leave_the_interval_that_the_page_shows():
    low, high, _ = displayed(49.0, 120.0, 0.95)
    assert "`41 % (32 to 50)`" in TEXT
    assert (32, 50) == (int(100 * float(low)), round(100 * float(high)))


def test_a_filter_that_finds_33_in_a_hundred_may_show_41():
    assert clopper_pearson_lower(49.0, 120.0, 0.95) <= 0.335


def test_four_candidates_are_judged_at_the_level_that_the_page_says():
    assert f"{1 - 0.05 / 4:.2%}".replace("%", " %") in TEXT
