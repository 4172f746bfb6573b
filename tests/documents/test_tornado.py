"""The tornado draws the inputs that move the lead, tells them in words, and needs no colour."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.documents.charts.tornado import MOST_BARS, tornado
from shipworthy.economics import bill
from shipworthy.evidence import Mover
from tests.economics import sheets

FOUND = bill(sheets.section(sheets.UNCERTAIN), None, {}, count=2_000)


def mover(name, low, high):
    return Mover(name, 0.0, low, high, flips=low * high < 0, worth=0.0)


def drawn(*movers):
    chart = tornado(replace(FOUND, movers=movers))
    assert chart is not None
    return chart.panels[0]


def test_every_bar_has_its_name_and_is_told_in_words():
    panel = drawn(mover("volume", -20_000.0, 60_000.0), mover("ours.staff", 9_000.0, 4_000.0))
    assert f"lead of {FOUND.leader} over {FOUND.second}, USD" == panel.title
    assert "volume moves it from −$20,000 to $60,000, and turns the answer" in panel.alternative
    assert "ours.staff moves it from $9,000 to $4,000." in panel.alternative
    assert all(f">{name}</text>" in panel.svg for name in ("volume", "ours.staff"))


def test_ends_differ_in_filling_and_not_in_colour_alone():
    svg = drawn(mover("volume", -20_000.0, 60_000.0)).svg
    assert 'fill="var(--paper)"' in svg
    assert 'fill="var(--ink)"' in svg


def test_what_moves_hardly_anything_is_not_drawn_and_no_more_than_ten_bars_are():
    many = [mover(f"i{at}", 0.0, 1_000.0 - at) for at in range(20)]
    assert MOST_BARS == drawn(*many).alternative.count("moves it")
    assert 1 == drawn(mover("much", 0.0, 1_000.0), mover("nothing", 0.0, 1.0)).alternative.count("moves it")


def test_where_nothing_is_uncertain_there_is_nothing_to_draw():
    assert None is tornado(replace(FOUND, movers=()))
    assert None is tornado(replace(FOUND, movers=(mover("fixed", 5.0, 5.0),)))
