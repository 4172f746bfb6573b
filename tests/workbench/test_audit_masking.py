"""Nothing that an audit shows or keeps holds the personal data that it found."""

import pytest

from tests.audit import dirty
from tests.cli.command import command
from tests.dear import few

NONE = "personal: none"
EMAIL, CARD = "walter.white@example.org", "4111 1111 1111 1111"
TEXTS = ("id", "user", "format", "site", "note", "spam", "body", "mark")


def planted():
    """The clean table with an e-mail address and a card number in every text column, with few values and with many."""
    rows = dirty.clean(1_000)
    for at, row in enumerate(rows):
        row["site"], row["note"] = ("main", "branch", "home")[at % 3], f"n{at}"
        row["body"] = f"the box {at} came late and one of the two was open"
        row["mark"] = "new"
        row["spam"] = "yes" if row["spam"] else "no"
    for column in TEXTS:
        for at, text in ((5, EMAIL), (6, EMAIL), (7, CARD), (8, CARD), (9, f"it's {EMAIL}")):
            rows[700 + at][column] = text if column != "body" else f"write to {text} or to the other box"
    return rows


PRODUCT = (
    dirty.PRODUCT.replace("positive: 1", "positive: yes").replace(
        "segments: [format]", "segments: [format, site]"
    )
    + "  - labelled >= 50 % for every format\n  - personal(body) <= 0.1 %\n  - personal(site) <= 0.1 %\n"
    "  - damaged(note) <= 1 %\n  - missing(site) <= 5 %\n"
)


def shown(folder):
    """Everything that two audits print, as text and as one document, and every file of the folder but the data themselves."""
    done = [command("audit", folder), command("audit", folder, "--json")]
    assert all(each.code in (0, 1, 3) for each in done), done[0].err
    yield from (f"{each.out}{each.err}" for each in done)
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "mail.csv":
            yield f"{path}: {path.read_bytes().decode('utf-8', 'replace')}"


@pytest.mark.parametrize("stated", few([NONE, "personal: names and accounts, basis: contract"], NONE))
def test_no_output_and_no_file_holds_what_was_found(tmp_path, stated):
    folder = dirty.product_folder(tmp_path, planted(), PRODUCT.replace("personal: none", stated))
    everything = [*shown(folder)]
    assert len(everything) > 6
    for secret in (EMAIL, CARD, CARD.replace(" ", ""), "walter.white"):
        assert [] == [text[max(0, text.find(secret) - 200) :][:400] for text in everything if secret in text]
    assert any("payment card" in text for text in everything)


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_a_contract_that_was_written_by_hand_is_masked_too(tmp_path):
    folder = dirty.product_folder(tmp_path, planted(), PRODUCT)
    command("audit", folder)
    contract = folder / "contract.yaml"
    contract.write_text(
        contract.read_text(encoding="utf-8").replace(
            "site: {type: text", "site: {values: [main, branch], type: text"
        ),
        encoding="utf-8",
    )
    done = command("audit", folder, "--json")
    [new] = [
        each
        for each in done.json["audit"]["findings"]
        if each["sort"] == "values_new" and each["about"] == "site"
    ]
    assert "•" in new["what"]
    assert EMAIL not in done.out


@pytest.mark.parametrize(
    ("stated", "colour"),
    [
        (NONE, "red"),
        ("personal: names, basis: contract", "green"),
        pytest.param("licence: CC0", "amber", marks=pytest.mark.slow),
    ],
    ids=["none", "stated", "unstated"],
)
def test_what_was_found_is_held_against_what_is_stated(tmp_path, stated, colour):
    text = dirty.PRODUCT.replace("positive: 1", "positive: yes").replace(
        ", licence: CC0, personal: none", f", {stated}"
    )
    done = command("audit", dirty.product_folder(tmp_path, planted(), text), "--json")
    about = {each["about"]: each for each in done.json["audit"]["findings"] if each["sort"] == "personal"}
    assert colour == about["body"]["colour"]
    assert 5 == about["body"]["rows"]
    assert {"e-mail address", "payment card"} <= {each["name"] for each in done.json["audit"]["looked_for"]}
