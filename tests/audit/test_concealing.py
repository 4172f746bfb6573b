"""Values that hold personal data are masked wherever they stand; everything else is left as it is."""

from shipworthy.audit.concealing import concealed
from shipworthy.evidence import Finding

HELD = [("user", "ann@example.org"), ("user", "bob@example.com"), ("town", "Paris")]


def test_texts_inside_everything_are_masked():
    hidden = concealed(HELD)
    finding = Finding(
        "values_new", "user", "amber", "new values: ann@example.org (3 rows)", ids=("ann@example.org", "m1")
    )
    assert {"user": "•••@•••••••.•••"} == hidden({"user": "ann@example.org"})
    assert hidden(finding).what == "new values: •••@•••••••.••• (3 rows)"
    assert hidden(finding).ids == ("•••@•••••••.•••", "m1")


def test_values_that_look_the_same_are_numbered():
    assert ("•••@•••••••.•••", "•••@•••••••.••• (2)") == concealed(HELD)(
        ("ann@example.org", "bob@example.com")
    )


def test_a_part_of_a_longer_word_is_no_value():
    assert "joann@example.org" == concealed(HELD)("joann@example.org")


def test_a_text_in_a_statement_is_masked_though_its_quotes_are_doubled():
    held = [("note", "it's ann@example.org")]
    assert "ann" not in concealed(held)("SELECT * WHERE note = 'it''s ann@example.org'")


def test_without_personal_data_nothing_changes():
    assert "Paris" == concealed([("town", "Paris")])("Paris")
    assert 3 == concealed(HELD)(3)
