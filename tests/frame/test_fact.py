"""What follows from conditions of which some cannot be said (Kleene's strong logic)."""

from itertools import product

from shipworthy.frame.fact import Fact, all_of, any_of, opposite

HOLDS = (True, None, False)


def fact(holds, name="x"):
    return Fact(holds, f"{name} {holds}", (name,) if holds is None else ())


def test_all_hold_as_the_least_and_any_as_the_greatest_of_them():
    order = {False: 0, None: 1, True: 2}
    for first, second in product(HOLDS, HOLDS):
        given = fact(first, "a"), fact(second, "b")
        assert min(first, second, key=order.get) == all_of(*given).holds
        assert max(first, second, key=order.get) == any_of(*given).holds


def test_the_opposite_of_what_cannot_be_said_cannot_be_said():
    assert [False, None, True] == [opposite(fact(holds)).holds for holds in HOLDS]


def test_only_what_decides_is_told():
    assert "a False" == all_of(fact(False, "a"), fact(True, "b"), fact(None, "c")).said
    assert "b True" == any_of(fact(False, "a"), fact(True, "b"), fact(None, "c")).said
    assert "a True; b True" == all_of(fact(True, "a"), fact(True, "b")).said


def test_only_what_keeps_it_open_is_missing():
    assert ("c",) == all_of(fact(True, "a"), fact(None, "c")).missing
    assert () == all_of(fact(False, "a"), fact(None, "c")).missing
