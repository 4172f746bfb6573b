"""Personal data in columns: what is found, in how many rows, what is left alone, and nothing of it is shown."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.audit.personal import personal_data
from shipworthy.personal import COVERAGE, Span, masked, spans_in, without_personal
from shipworthy.personal.digits import passes_luhn

FOUND = [
    ("email", "write to john.smith@example.co.uk today", "john.smith@example.co.uk"),
    ("email", "<anna.müller@uni-köln.de>", "anna.müller@uni-köln.de"),
    ("card", "paid with 4111 1111 1111 1111.", "4111 1111 1111 1111"),
    ("card", "paid with 378282246310005", "378282246310005"),
    ("card", "5105-1051-0510-5100", "5105-1051-0510-5100"),
    ("iban", "to DE89 3704 0044 0532 0130 00 please", "DE89 3704 0044 0532 0130 00"),
    ("iban", "GB29NWBK60161331926819", "GB29NWBK60161331926819"),
    ("ip_address", "from 192.168.12.7 yesterday", "192.168.12.7"),
    ("ip_address", "at 2001:db8:85a3::8a2e:370:7334", "2001:db8:85a3::8a2e:370:7334"),
    ("phone", "+49 (0)30 1234567", "+49 (0)30 1234567"),
    ("phone", "0044 20 7946 0018", "0044 20 7946 0018"),
    ("phone", "(212) 555-1234", "(212) 555-1234"),
    ("phone", "212.555.1234", "212.555.1234"),
    ("phone", "01 23 45 67 89", "01 23 45 67 89"),
    ("phone", "07700 900123", "07700 900123"),
    ("phone", "0171-1234567", "0171-1234567"),
    ("phone", "03-1234-5678", "03-1234-5678"),
    ("phone", "(11) 91234-5678", "(11) 91234-5678"),
    ("phone", "Tel.: 5551234567", "5551234567"),
    ("phone", "llame al móvil 612 345 678", "612 345 678"),
    ("us_ssn", "his number is 123-45-6789", "123-45-6789"),
    ("us_ssn", "SSN 123456789", "123456789"),
    ("uk_nino", "AB 12 34 56 C", "AB 12 34 56 C"),
    ("es_dni", "12345678Z", "12345678Z"),
    ("fr_nir", "1 85 05 78 006 084 91", "1 85 05 78 006 084 91"),
    ("de_steuer_id", "Steuer-ID 86095742719", "86095742719"),
    ("nl_bsn", "BSN: 111222333", "111222333"),
    ("it_codice_fiscale", "RSSMRA85T10A562S", "RSSMRA85T10A562S"),
    ("be_number", "85.07.30-033.28", "85.07.30-033.28"),
    ("pl_pesel", "PESEL 44051401359", "44051401359"),
    ("se_number", "811228-9874", "811228-9874"),
    ("fi_hetu", "131052-308T", "131052-308T"),
    ("pt_nif", "NIF 123456789", "123456789"),
    ("br_cpf", "390.533.447-05", "390.533.447-05"),
    ("in_aadhaar", "2341 2341 2346", "2341 2341 2346"),
    ("cn_resident_id", "11010519491231002X", "11010519491231002X"),
    ("ca_sin", "SIN 193-456-787", "193-456-787"),
    ("ch_ahv", "756.9217.0769.85", "756.9217.0769.85"),
    ("birth_date", "born on 12 May 1980 in Leeds", "12 May 1980"),
    ("birth_date", "DOB: 05/12/1980", "05/12/1980"),
    ("birth_date", "geboren am 3. März 1975", "3. März 1975"),
    ("birth_date", "née le 01/02/1990", "01/02/1990"),
    ("address", "lives at 12 Old Mill Road", "12 Old Mill Road"),
    ("address", "P.O. Box 1234", "P.O. Box 1234"),
    ("address", "Lindenstraße 7, Berlin", "Lindenstraße 7"),
    ("address", "au 12 bis, rue de la Paix", "12 bis, rue de la Paix"),
    ("address", "Calle de Alcalá, 45", "Calle de Alcalá, 45"),
    ("address", "Via Roma 12", "Via Roma 12"),
    ("address", "Kerkstraat 12", "Kerkstraat 12"),
    ("address", "Rua Augusta, 100", "Rua Augusta, 100"),
    ("name", "My name is Anna Müller.", "Anna Müller"),
    ("name", "ich heiße Jürgen Groß", "Jürgen Groß"),
    ("name", "ask Mrs. Smith-Jones", "Smith-Jones"),
    ("name", "Dear Maria,", "Maria"),
    ("name", "Kind regards,\nTom Jones\n", "Tom Jones"),
]

LEFT_ALONE = [
    "2011-01-02 12:30:45",
    "01.02.2011 12:30",
    "12/31/2020",
    "Boston, MA 02110-1301",
    "on 05-06-2019 and 06-07-2020",
    "$1,234,567.89",
    "1.234.567,89 EUR",
    "order 12345678",
    "invoice 2011/000123456",
    "id 000123456789",
    "version 1.2.3.4, then v10.20.30.40",
    "4111 1111 1111 1112",
    "DE89 3704 0044 0532 0130 01",
    "000-12-3456",
    "666-12-3456",
    "logo@2x.png",
    "std::vector<int> a::b::c",
    "00:1a:2b:3c:4d:5e",
    "12:30:45",
    "Dear Sir, Dear Customer, Dear All,",
    "the road is closed for 12 hours",
    "we drive 30 places on the way",
    "born in the USA 1984-style",
    "3.14159265358979",
    "1000000 2000000 3000000",
    "100 200 300 400 500 600",
    "9780306406157",
    "550e8400-e29b-41d4-a716-446655440000",
]

HOSTILE = [
    "1", "1 ", "a@", "a.", "a@a.", "A", "Aa ", "0-", "+1", "(", "1.", "::", "f:", "1-", "Mr A", "Dear ", "rue de la ", "12 Aa ",
    "Via del ", "born ", "geb. 1", "4111 ", "DE89", "AB 12 ", "@", "my name is A", "regards\n A", "Tel 1", "٣", "Aa van ", "Aa’",
]  # fmt: skip


def found(text: str, column: str = "") -> list[tuple[str, str]]:
    return [
        (span.kind, text[span.start : span.end])
        for span in spans_in(text, column)
        if span.passes is not False
    ]


@pytest.mark.parametrize(("kind", "text", "what"), FOUND)
def test_personal_data_are_found_with_their_ends(kind, text, what):
    assert (kind, what) in found(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_other_numbers_and_words_are_left_alone(text):
    assert [] == found(text)


def test_the_column_s_name_says_what_bare_values_are():
    assert [("phone", "5551234567")] == found("5551234567", "phone number")
    assert [("name", "Anna Müller")] == found("Anna Müller", "customer name")
    assert [("birth_date", "1980-05-12")] == found("1980-05-12", "birth date")
    assert [("nl_bsn", "111222333")] == found("111222333", "bsn")
    assert [] == found("Anna Müller", "product name")


def test_each_kind_is_tested_and_says_what_it_covers():
    assert set(COVERAGE) == {kind for kind, _, _ in FOUND}
    assert all(
        each.countries and each.languages and each.told_by and each.misses for each in COVERAGE.values()
    )


def test_a_kind_is_reported_with_its_rows_and_their_exact_interval():
    personal = personal_data(["a@b.com and c@d.org", "nothing", None, "", "x@y.net", "no"], "body")
    (fault,) = personal.faults
    assert ("email", (0, 4), 4) == (fault.kind, fault.places, personal.looked_at)
    assert (2, 4, 0.5) == (fault.share.rows, fault.share.of, fault.share.value)
    assert (pytest.approx(0.0676, abs=1e-4), pytest.approx(0.9324, abs=1e-4)) == fault.share.interval
    assert ("patterns",) == personal.by


@given(st.text(max_size=80), st.sampled_from([text for _, text, _ in FOUND]), st.text(max_size=80))
def test_masked_texts_hold_no_digit_and_no_address(before, secret, after):
    shown = masked(before + " " + secret + " " + after)
    assert not any(each.isnumeric() for each in shown)
    assert not any(each.isalnum() for word in shown.split() if "@" in word for each in word)
    assert len(before) + len(secret) + len(after) + 2 == len(shown)


@pytest.mark.parametrize(("kind", "text", "what"), FOUND)
def test_what_is_found_is_nowhere_shown(kind, text, what):
    personal = personal_data([text])
    shown = repr(personal) + masked(text)
    words = [
        word
        for word in what.replace(".", " ").replace("-", " ").split()
        if word[0].isupper() and len(word) > 3
    ]
    assert what not in shown
    assert not any(
        each.isdecimal() for fault in personal.faults for example in fault.examples for each in example
    )
    assert words if kind == "name" and not words else not any(word in masked(text) for word in words)


@pytest.mark.parametrize("atom", HOSTILE)
def test_a_hundred_thousand_hostile_characters_take_no_longer_than_a_moment(atom):
    """A pattern that goes back over the text again and again would take minutes."""
    text = (atom * 100_000)[:100_000]
    began = time.process_time()
    spans_in(text)
    assert time.process_time() - began < 4


@given(st.text())
def test_spans_lie_in_the_text_in_order_and_do_not_overlap(text):
    spans = spans_in(text)
    ends = [place for span in spans for place in (span.start, span.end)]
    assert sorted(ends) == ends
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def numbers(count: int, *, right: float, seed: int) -> list[str]:
    """Sixteen digits that begin as a card does; this share of them is made to pass the check digit."""
    draw, made = random.Random(seed), list[str]()  # noqa: S311 # a simulation
    while len(made) < count:
        digits = "4" + "".join(draw.choice("0123456789") for _ in range(15))
        wanted = draw.random() < right
        if not wanted or passes_luhn(tuple(map(int, digits))):
            made.append(digits)
    return made


@pytest.mark.parametrize("seed", range(5))
def test_order_numbers_that_pass_a_check_digit_by_chance_are_no_cards(seed):
    assert () == personal_data(numbers(2000, right=0, seed=seed), "order").faults


@pytest.mark.parametrize("seed", range(5))
def test_cards_are_found_among_order_numbers(seed):
    (fault,) = personal_data(numbers(300, right=1, seed=seed) + numbers(100, right=0, seed=seed)).faults
    assert "card" == fault.kind
    assert 300 <= fault.share.rows <= 330


def test_a_single_card_is_enough():
    (fault,) = personal_data(["hello", "my card 378282246310005"]).faults
    assert ("card", (1,)) == (fault.kind, fault.places)


def test_another_finder_is_heard_last_and_named():
    def finder(text):
        yield Span("place", 0, 6)
        yield Span("phone", 7, 12)

    personal = personal_data(["London a@b.com"], also=finder, also_by="a finder 1.0")
    assert {"place", "email"} == {fault.kind for fault in personal.faults}
    assert ("patterns", "a finder 1.0") == personal.by
    assert ("L•••••",) == next(fault.examples for fault in personal.faults if fault.kind == "place")


def test_a_sentence_without_personal_data_keeps_its_other_numbers():
    told = "line 12: cannot make a number of walter@example.org"
    assert "line 12: cannot make a number of ••••••@•••••••.•••" == without_personal(told)
