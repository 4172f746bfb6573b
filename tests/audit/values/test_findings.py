"""Values that are written in several ways are told by column; names, ids and texts are left alone."""

from shipworthy.audit.values.findings import value_faults, value_findings


def kinds(values):
    return [(fault.sort, fault.kind) for fault in value_faults(values, "column")]


def test_several_spellings_are_told_where_values_repeat():
    assert [("inconsistent", "spelling")] == kinds([("Paris", 50), ("PARIS", 3)])
    assert [] == kinds([("de Vries", 1), ("De Vries", 1), ("Devries", 1)])


def test_texts_of_many_words_have_no_values_to_compare():
    assert [] == kinds([("The box came late, and one of the two was open when it came", 9), ("12", 1)])


def test_a_column_without_values_says_nothing():
    assert [] == kinds([])


def test_a_finding_counts_its_rows_and_shows_no_digits():
    faults = value_faults([("1.5", 60), ("2,25", 7), ("call 555-1234", 3)], "size")
    found = list(value_findings(faults, "size"))
    assert {"mixed_types": 3, "number_formats": 7} == {each.sort: each.rows for each in found}
    assert all(each.next_step and "1234" not in each.what for each in found)
