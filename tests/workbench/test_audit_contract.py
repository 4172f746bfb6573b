"""The data contract is written once, and says in words what has changed since."""

import pytest

import shipworthy as sw
from tests.audit import dirty
from tests.workbench.test_audit import audit_of

ROWS = 600


@pytest.fixture
def folder(tmp_path):
    made = dirty.product_folder(tmp_path, dirty.clean(ROWS))
    audit_of(made)
    return made


def changed(folder, change):
    dirty.product_folder(folder, [change(dict(row), at) for at, row in enumerate(dirty.clean(ROWS))])
    found = audit_of(folder)
    return {(each.sort, each.about): each for each in found.findings if each.colour != "green"}


def without(row, *names):
    return {key: value for key, value in row.items() if key not in names}


def test_the_first_audit_writes_it_and_later_ones_leave_it(folder):
    written = (folder / "contract.yaml").read_text(encoding="utf-8")
    assert "format: {type: text, missing: 0 %, values: [html, plain, rich]}" in written
    (folder / "contract.yaml").write_text(written + "# mine\n", encoding="utf-8")
    audit_of(folder)
    assert (folder / "contract.yaml").read_text(encoding="utf-8").endswith("# mine\n")


def test_a_column_that_went_and_one_that_came_are_told(folder):
    found = changed(folder, lambda row, at: {**without(row, "links"), "clicks": at % 7})
    assert "no more" in found["column_gone", "links"].what
    assert "does not know this column" in found["column_new", "clicks"].what


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_new_values_are_told_with_their_rows(folder):
    found = changed(folder, lambda row, at: {**row, "format": "voice" if at < 30 else row["format"]})
    assert "new values: voice (30 rows)" == found["values_new", "format"].what
    assert 30 == found["out_of_range", "format"].rows


def test_a_range_that_was_left_is_told_with_its_rows(folder):
    found = changed(folder, lambda row, at: {**row, "bait": -5 if at < 60 else row["bait"]})
    assert found["range_left", "bait"].what.startswith("it goes from -5 to ")
    assert 60 == found["out_of_range", "bait"].rows


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_values_that_are_missing_more_often_are_told(folder):
    found = changed(folder, lambda row, at: {**row, "size": "" if at % 5 == 0 else row["size"]})
    assert (
        "20 % of its values are missing, where at most 0 % was agreed" == found["missing_more", "size"].what
    )


def test_a_contract_that_cannot_be_read_is_refused_by_name(folder):
    (folder / "contract.yaml").write_text("columns:\n  size: {type: numbr}\n", encoding="utf-8")
    with pytest.raises(sw.InputError, match="column size has no type"):
        sw.audit(sw.open(folder))


def test_a_contract_that_is_not_utf_8_is_refused_by_name(folder):
    file = folder / "contract.yaml"
    file.write_bytes("columns: {}  # größe\n".encode("latin-1"))
    with pytest.raises(sw.InputError, match=r"contract.yaml cannot be read: it is not UTF-8\n.*in UTF-8"):
        sw.audit(sw.open(folder))


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_claim_on_a_range_is_judged_against_a_changed_contract(folder):
    file = folder / "contract.yaml"
    lines = [
        "  links: {type: number, least: 0, greatest: 3}" if line.startswith("  links:") else line
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = changed(folder, lambda row, _: row)
    expected = sum(row["links"] > 3 for row in dirty.clean(ROWS))
    assert expected == found["out_of_range", "links"].rows
