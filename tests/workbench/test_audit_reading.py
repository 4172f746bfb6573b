"""An audit reads on where other verbs refuse: it keeps what can be read, and names what cannot."""

import pytest

import shipworthy as sw
from tests.audit import dirty
from tests.workbench.test_audit import audit_of, wrong

ROWS = 600
SMALL = dirty.PRODUCT.replace("requirements:\n", "requirements:\n  - rows >= 100\n  - positives >= 50\n")


@pytest.fixture
def folder(tmp_path):
    return dirty.product_folder(tmp_path, dirty.clean(ROWS), SMALL)


def lines_of(folder):
    return (folder / "mail.csv").read_text(encoding="utf-8").splitlines()


def finding(found, sort):
    named = {each.sort: each for each in found.findings}
    assert sort in named, wrong(found)
    return named[sort]


@pytest.mark.parametrize(
    ("broken", "why"),
    [("m000100,2026-01-01 00:00:00", "too few fields"), ("a,b,c,d,e,f,g,h,i,j,k,l,m", "too many fields")],
)
def test_a_line_with_the_wrong_number_of_fields_is_named_and_the_rest_is_kept(folder, broken, why):
    lines = lines_of(folder)
    lines[101] = broken
    (folder / "mail.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = audit_of(folder)
    assert ROWS - 1 == found.rows
    told = finding(found, "broken_lines")
    assert "mail.csv, line 102" in told.what
    assert why in told.what
    assert "red" == told.colour


def test_lines_that_are_not_utf_8_are_named_where_they_are_few(folder):
    lines = [line.encode() for line in lines_of(folder)]
    lines[50] = (
        lines[50].replace(b"html", b"caf\xe9").replace(b"plain", b"caf\xe9").replace(b"rich", b"caf\xe9")
    )
    (folder / "mail.csv").write_bytes(b"\n".join(lines) + b"\n")
    found = audit_of(folder)
    assert ROWS - 1 == found.rows
    assert "line 51: it is not UTF-8" in finding(found, "broken_lines").what


def test_a_file_in_another_encoding_is_read_and_told(folder):
    lines = [line.replace("plain", "plané").replace("rich", "réche") for line in lines_of(folder)]
    (folder / "mail.csv").write_bytes(("\n".join(lines) + "\n").encode("latin-1"))
    found = audit_of(folder)
    assert ROWS == found.rows
    assert "read as latin-1" in finding(found, "encoding").what
    [column] = [each for each in found.columns if each.name == "format"]
    assert {"html", "plané", "réche"} == {value for value, _ in column.values}


def test_times_in_several_formats_are_counted_where_they_cannot_be_read(folder):
    rows = dirty.clean(ROWS)
    for at, row in enumerate(rows):
        if at % 3 == 1:
            day, clock = row["time"].split(" ")
            row["time"] = f"{day[8:]}.{day[5:7]}.{day[:4]} {clock}"
    dirty.product_folder(folder, rows, SMALL)
    told = finding(audit_of(folder), "time_unread")
    assert 200 == told.rows


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_words_among_numbers_are_a_change_of_type(folder):
    audit_of(folder)
    rows = dirty.clean(ROWS)
    rows[7]["size"] = "six"
    dirty.product_folder(folder, rows, SMALL)
    told = finding(audit_of(folder), "type_changed")
    assert ("size", "it held number values, and now holds text") == (told.about, told.what)


def test_other_verbs_refuse_what_an_audit_reads(folder):
    lines = lines_of(folder)
    lines[101] = "a,b"
    (folder / "mail.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(sw.InputError):
        sw.evaluate(sw.open(folder))
    assert sw.audit(sw.open(folder)).audit is not None


def test_a_column_that_the_file_names_and_the_data_lack_stops_an_audit(folder):
    (folder / "product.yaml").write_text(SMALL.replace("[format]", "[fromat]"), encoding="utf-8")
    with pytest.raises(sw.SpecError, match="no column 'fromat'"):
        sw.audit(sw.open(folder))
