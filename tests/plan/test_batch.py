"""One batch serves every claim: the greatest need and not the sum, with what slices and answers pick out beyond it."""

from __future__ import annotations

from shipworthy.evidence import Effort, Need, Open, Span
from shipworthy.evidence.values import Answer
from shipworthy.plan.batch import batch, order, together
from tests.plan.planned import PRICES


def same(value: float) -> Span:
    return Span(value, value, value)


def need(
    label: float | None, collect: float, slice_: dict[str, str] | None = None, rows: str = "positives"
) -> Need:
    found = same(label) if label is not None else None
    one = Effort(10, same(collect), found, None, None)
    return Need("recall", slice_ or {}, rows, "met", same(0.1), one, one, "")


def claim_of(text: str, *needs: Need, verdict: Answer = "undecided") -> Open:
    both = (together(needs, "even", PRICES), together(needs, "likely", PRICES))
    return Open(text, "c", verdict, None, needs, *both, "")


def labels(*needs: Need) -> tuple[float | None, float | None]:
    found = together(needs, "even", PRICES)
    assert found is not None
    return found.label.value if found.label else None, found.collect.value


def test_claims_on_all_rows_share_the_greatest_batch():
    assert (500, 500) == labels(need(500, 500), need(300, 300), need(20, 20))


def test_slices_of_one_column_are_added_where_no_batch_at_random_holds_them():
    assert (60 + 40, 400) == labels(need(60, 400, {"g": "a"}), need(40, 100, {"g": "b"}))


def test_a_batch_at_random_serves_the_slices_that_it_holds():
    """300 rows at random hold 75 of a slice of a quarter: of 100, only 25 are missing."""
    assert (300 + 25, 400) == labels(need(300, 300), need(100, 400, {"g": "a"}))
    assert (300, 300) == labels(need(300, 300), need(50, 200, {"g": "a"}))


def test_flagged_rows_are_labelled_beyond_the_batch_and_never_more_than_are_collected():
    assert (200 + 80, 1_000) == labels(need(200, 200), need(100, 1_000, rows="flagged rows"))
    assert (500, 500) == labels(need(500, 500), need(450, 500, rows="flagged rows"))


def test_rows_without_labels_are_collected_with_the_rest():
    assert (200, 900) == labels(need(200, 200), need(None, 900))
    assert (None, 900) == labels(need(None, 900))


def test_a_batch_costs_what_its_labels_cost():
    found = together([need(500, 500), need(300, 300)], "even", PRICES)
    assert found is not None
    assert (250.0, 5.0) == (found.cost.value if found.cost else 0, found.weeks.value if found.weeks else 0)


def test_an_unknown_share_makes_the_batch_unknown():
    unknown = Effort(10, Span(None, 70, None), Span(None, 70, None), None, None)
    open_ = Need("recall", {}, "positives", "met", same(0.1), unknown, unknown, "")
    found = together([need(500, 500), open_], "even", PRICES)
    assert found is not None
    assert (None, 500, None) == tuple(vars(found.collect).values())


def test_the_batch_names_its_greatest_claim_and_what_it_leaves():
    stuck = Need("recall", {}, "positives", None, same(0.1), None, None, "equal")
    claims = [
        claim_of("small", need(30, 30)),
        claim_of("great", need(300, 300)),
        claim_of("lost", verdict="missed"),
        claim_of("stuck", stuck),
        claim_of("done", verdict="met"),
    ]
    found = batch("c", "evaluate", 0.95, claims, PRICES)
    assert found is not None
    assert ("great", ("lost", "stuck")) == (found.set_by, found.left)
    assert ["small", "great"] == [each.requirement for each in sorted(claims, key=order)][:2]


def test_without_a_need_there_is_no_batch():
    assert batch("c", "evaluate", 0.95, [claim_of("done", verdict="met")], PRICES) is None
