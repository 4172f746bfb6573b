"""Damaged texts: every kind is found and mended, and whole texts of many languages raise nothing."""

# ruff: noqa: RUF001 # texts of many languages have signs that look like others

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipworthy.audit.texts.damage import KINDS, damage_in, damaged
from shipworthy.audit.texts.mojibake import misread, repaired

LANGUAGES = {
    "French": "L’été dernier, nous avons mangé une crêpe « très sucrée » à Besançon ; ça coûtait 5 € où ? À Nîmes, bien sûr…",
    "French in capitals": "« CAFÉ » DÉJÀ FERMÉ, «ÉTÉ»… VOILÀ – OÙ ÇA ? L’ÂGE, LA FORÊT, NOËL",
    "German": "„Öfter mal was Neues“, sagte Jörg; die Straße ist groß, der „Spaß“ kostet 3 € – schön! „GRÖẞE“, „ÄÖÜ“ „Ä“",
    "Spanish": "¿Dónde está el niño? «Mañana», dijo él; ¡qué año! «Está»… ESPAÑA «Ñ» nº 5, 3.ª",
    "Portuguese": "Não há maçãs amanhã, disse o João: “É a sua irmã”. AMANHÃ… “MAÇÔ, «IRMû À TARDE",
    "Catalan": "La col·lecció és d’això; «què»? L·L SÍ, «COL·LECCIÓ»",
    "Danish": "Rødgrød med fløde på Ærø, sagde Åse: »SÅ« … »Å«",
    "Icelandic": "Það er gaman að læra íslensku. „Þetta ER ÞAÐ“ Ð Ðð",
    "Polish": "Zażółć gęślą jaźń – „łódź” i „WRÓĆ” są tu… ŁÓDŹ",
    "Czech": "Příliš žluťoučký kůň úpěl ďábelské ódy. „Šťastný DEŇ“",
    "Hungarian": "Árvíztűrő tükörfúrógép, „ŐŰ” és »Í«",
    "Romanian": "Și așa, pâinea caldă e în cuptor. „MÂINE” „Â” ÎNCĂ",
    "Turkish": "İyi günler, çay içer misiniz? Şöyle bir ağaç ığdır. “HÂLÂ” ĞÜŞ",
    "Vietnamese": "Tiếng Việt có nhiều dấu: phở, bún chả, đường phố Hà Nội. “HÀ NỘI” ĐÃ… Â",
    "Greek": "Η γρήγορη αλεπού πηδά πάνω από το σκυλί. «Καλημέρα»",
    "Russian": "Съешь ещё этих мягких французских булок. «РОССИЯ» — Сёстры, Рёв…",
    "Ukrainian": "Їжак і Рік. Січень – «ПРІСІ» ґанок є. РІСІ",
    "Hebrew": "שלום עולם, מה שלומך היום?",
    "Arabic": "مرحبا بالعالم، كيف حالك اليوم؟",
    "Hindi": "नमस्ते दुनिया, आप कैसे हैं?",
    "Thai": "สวัสดีชาวโลก วันนี้เป็นอย่างไรบ้าง",
    "Chinese": "今天天气很好，我们去公园吧。「你好」",
    "Japanese": "今日はとても良い天気ですね。コーヒーを飲みましょう！",
    "Korean": "오늘은 날씨가 정말 좋네요.",
    "symbols": "25 °C ± 2, 3 × 4 ÷ 2 ½ ¼ © ® ™ → ≤ ≥ ≠ ∞ 😀👍🏽 “quotes” ‘single’ – — … • § ¶ µm £5 ¥6 naïve café",
    "HTML": "<p>Tom &amp; Jerry&nbsp;&lt;3 &eacute;t&eacute; AT&amp;T; R&amp;D, a&amp;b</p>\r\n\tnext",
}


def read_as(text: str, encoding: str) -> str:
    """UTF-8 read wrongly; bytes that the encoding leaves open become control characters, as browsers do it."""
    signs = (bytes([byte]).decode(encoding, "replace") for byte in text.encode())
    return "".join(
        chr(byte) if sign == "\ufffd" else sign for byte, sign in zip(text.encode(), signs, strict=True)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_whole_texts_raise_nothing(language):
    assert [] == list(damage_in(LANGUAGES[language]))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "HTML"])
def test_misread_texts_are_found_and_read_back(language, encoding):
    text = LANGUAGES[language]
    wrong = read_as(text, encoding)
    assert wrong == text or "mojibake" in {each.kind for each in damage_in(wrong)}
    assert sum(
        one == other for one, other in zip(text.split(), repaired(wrong).split(), strict=False)
    ) >= 0.6 * len(text.split())


@pytest.mark.parametrize(
    "word",
    ["café", "naïve", "Müller", "don’t", "“yes”", "5 €", "ok…", "Škoda", "łódź", "25 °C", "😀", "Señor"],
)
def test_a_single_misread_letter_is_enough(word):
    wrong = read_as(f"he said {word} to us", "cp1252")
    assert f"he said {word} to us" == repaired(wrong)
    assert ["mojibake"] == [each.kind for each in damage_in(wrong)]


def test_texts_misread_twice_are_read_back_twice():
    assert "déjà vu" == repaired(read_as(read_as("déjà vu", "cp1252"), "cp1252"))


def test_russian_read_as_windows_1251_is_read_back():
    assert "Привет, мир" == repaired(read_as("Привет, мир", "cp1251"))


@pytest.mark.parametrize(
    ("kind", "text", "mended"),
    [
        ("lost_letters", "caf\ufffd", None),
        ("nul", "a\0b", "ab"),
        ("control", "bell\x07 and\x1b[0m", "bell and[0m"),
        ("control", "it\x92s", "it’s"),
        (
            "double_entities",
            "Tom &amp;amp; Jerry &amp;lt;3 caf&amp;eacute; &amp;#39;",
            "Tom & Jerry <3 café '",
        ),
        ("surrogates", "hi \ud83d\ude00", "hi 😀"),
        ("surrogates", "hi \ud83d", None),
    ],
)
def test_each_kind_of_damage_is_found_and_mended_where_what_was_meant_is_known(kind, text, mended):
    assert [(kind, mended)] == [(each.kind, each.repaired) for each in damage_in(text)]
    assert kind in KINDS


def test_faults_say_how_many_rows_and_show_damage_and_mended_text_without_personal_data():
    texts = ["all fine", None, "", "write to cafÃ© owner@example.org, 0171-1234567", "ok", "na\u00c3\u00afve"]
    (fault,) = damaged(texts, "body")
    assert ("damaged", "mojibake", (3, 5)) == (fault.sort, fault.kind, fault.places)
    assert (2, 4) == (fault.share.rows, fault.share.of)
    assert "naÃ¯ve -> naïve" in fault.examples
    assert "café" in fault.examples[0]
    assert "owner" not in fault.examples[0]
    assert not any(each.isdecimal() for example in fault.examples for each in example)


@given(st.text())
def test_any_text_is_looked_at_and_mending_mends(text):
    """Mending what is read back leaves nothing more to read back, or has done so often enough."""
    list(damage_in(text))
    damaged([text])
    mended = repaired(text)
    assert (mended == text) == (not list(misread(text)))


@given(st.text(st.characters(max_codepoint=0x7F, exclude_categories=["Cc"])))
def test_plain_ascii_is_never_misread(text):
    assert [] == list(misread(text))


@pytest.mark.parametrize("atom", ["Ã", "Ã©", "â€", "ð", "é»", "&amp;", "amp;", "Р", "Р°", "\ud83d", "&amp;a"])
def test_a_hundred_thousand_hostile_characters_take_no_longer_than_a_moment(atom):
    text = (atom * 100_000)[:100_000]
    began = time.process_time()
    list(damage_in(text))
    assert time.process_time() - began < 4
