"""Numbers that states give to people, each by its form and the rules that the state publishes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shipworthy.personal import id_checks
from shipworthy.personal.numbers import Stretch, said_before, words_of
from shipworthy.personal.span import Span

_DATE = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"


@dataclass(frozen=True)
class NationalId:
    """One id: its kind and name, its form, its rules, and the words that say that one follows.

    Where the form is `telling`, no word is needed; where it is not, as other numbers look the same, one is. A `surely`
    telling form is not counted against chance.
    """

    kind: str
    country: str
    name: str
    form: re.Pattern[str]
    check: Callable[[str], bool]
    words: re.Pattern[str]
    telling: bool = True
    surely: bool = False


def _form(pattern: str) -> re.Pattern[str]:
    """The pattern between signs that belong to no number."""
    return re.compile(rf"(?<![\w.\-/+])(?<!\d )(?:{pattern})(?![\w%]|[ .,:\-/]\d)", re.ASCII)


_SSN = words_of("ssn", "social security", "soc sec")
_FISCAL_PT = words_of("nif", "contribuinte", "n[úu]mero fiscal")

NATIONAL_IDS = (
    NationalId("us_ssn", "US", "Social Security number", _form(r"\d{3}-\d{2}-\d{4}"), id_checks.is_us_ssn, _SSN, surely=True),
    NationalId("us_ssn", "US", "Social Security number", _form(r"\d{3} ?\d{2} ?\d{4}"), id_checks.is_us_ssn, _SSN, telling=False),
    NationalId("uk_nino", "GB", "National Insurance number", _form(r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
               id_checks.is_uk_nino, words_of("national insurance", "nino", "ni number"), surely=True),
    NationalId("es_dni", "ES", "DNI or NIE", _form(r"(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z]"), id_checks.is_es_dni, words_of("dni", "nie", "nif")),
    NationalId("fr_nir", "FR", "social security number (NIR)", _form(rf"[12] ?\d{{2}} ?(?:{_MONTH}|[2-9]\d) ?(?:\d{{2}}|2[AB]) ?\d{{3}} ?\d{{3}} ?\d{{2}}"),
               id_checks.is_fr_nir, words_of("sécu", "secu", "nir", "insee")),
    NationalId("de_steuer_id", "DE", "tax id", _form(r"\d{2} ?\d{3} ?\d{3} ?\d{3}"), id_checks.is_de_steuer_id,
               words_of("steuer-?id", "steuerliche", "idnr", "identifikationsnummer", "tin"), telling=False),
    NationalId("nl_bsn", "NL", "citizen service number (BSN)", _form(r"\d{4}[. ]?\d{2}[. ]?\d{3}"), id_checks.is_nl_bsn,
               words_of("bsn", "burgerservice", "sofi"), telling=False),
    NationalId("it_codice_fiscale", "IT", "codice fiscale", _form(r"[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]"),
               id_checks.is_it_codice_fiscale, words_of("codice fiscale", "c\\.?f\\."), surely=True),
    NationalId("be_number", "BE", "national register number", _form(rf"\d{{2}}\.{_MONTH}\.{_DATE}-\d{{3}}\.\d{{2}}"), id_checks.is_be_number, words_of("rijksregister", "registre national"), surely=True),
    NationalId("be_number", "BE", "national register number", _form(r"\d{11}"), id_checks.is_be_number, words_of("rijksregister", "registre national", "niss", "insz"), telling=False),
    NationalId("pl_pesel", "PL", "PESEL", _form(r"\d{11}"), id_checks.is_pl_pesel, words_of("pesel"), telling=False),
    NationalId("se_number", "SE", "personal identity number", _form(rf"(?:19|20)?\d{{2}}{_MONTH}{_DATE}[-+]\d{{4}}"), id_checks.is_se_number, words_of("personnummer")),
    NationalId("fi_hetu", "FI", "personal identity code", _form(rf"{_DATE}{_MONTH}\d{{2}}[-+A-FU-Y]\d{{3}}[0-9A-FHJ-NPR-Y]"), id_checks.is_fi_hetu, words_of("hetu", "henkilötunnus")),
    NationalId("pt_nif", "PT", "tax number (NIF)", _form(r"[1-3]\d{2} ?\d{3} ?\d{3}"), id_checks.is_pt_nif, _FISCAL_PT, telling=False),
    NationalId("br_cpf", "BR", "CPF", _form(r"\d{3}\.\d{3}\.\d{3}-\d{2}"), id_checks.is_br_cpf, words_of("cpf"), surely=True),
    NationalId("br_cpf", "BR", "CPF", _form(r"\d{11}"), id_checks.is_br_cpf, words_of("cpf"), telling=False),
    NationalId("in_aadhaar", "IN", "Aadhaar", _form(r"[2-9]\d{3}([ \-])\d{4}\1\d{4}"), id_checks.is_in_aadhaar, words_of("aadhaar", "aadhar", "uid")),
    NationalId("in_aadhaar", "IN", "Aadhaar", _form(r"[2-9]\d{11}"), id_checks.is_in_aadhaar, words_of("aadhaar", "aadhar", "uid"), telling=False),
    NationalId("cn_resident_id", "CN", "resident id", _form(rf"[1-9]\d{{5}}(?:19|20)\d{{2}}{_MONTH}{_DATE}\d{{3}}[\dX]"), id_checks.is_cn_resident_id, words_of("身份证", "id card")),
    NationalId("ca_sin", "CA", "Social Insurance number", _form(r"\d{3}([ -]?)\d{3}\1\d{3}"), id_checks.is_ca_sin, words_of("sin\\b", "social insurance"), telling=False),
    NationalId("ch_ahv", "CH", "AHV number", _form(r"756\.\d{4}\.\d{4}\.\d{2}"), id_checks.is_ch_ahv, words_of("ahv", "avs"), surely=True),
)  # fmt: skip
"""The ids that are looked for."""


def national_ids(stretch: Stretch, column: str = "") -> Iterator[Span]:
    """The ids inside; of those that only a check digit tells, also the failed ones.

    Args:
        stretch: where to look.
        column: its column's name in words, which says what follows as a word before the number would.
    """
    for each in NATIONAL_IDS:
        for match in stretch.matches(each.form):
            told = bool(each.words.search(column)) or said_before(match.string, match.start(), each.words)
            passes = (told or each.telling) and each.check(match[0])
            if passes or (each.telling and not each.surely):
                sure = told or each.surely
                yield Span(each.kind, match.start(), match.end(), None if sure and passes else passes)
