"""How each need is counted: from one stream of rows in the embedded engine, else by statements of the engine's own."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.query.cells import cell_cubes
from shipworthy.query.histograms import Histograms, histograms
from shipworthy.query.sliced import Sliced
from shipworthy.query.streamed import streamable, streamed
from shipworthy.query.units import unit_cubes
from shipworthy.tally.cube import Cube
from shipworthy.tally.needs import Grouping, Needs
from shipworthy.tally.scan import Tallies


def tallied(log: Sliced, needs: Needs) -> Tallies:
    """The tallies that the needs ask for, in two statements at most."""
    cubes: dict[Grouping, Cube] = {}
    found: Histograms = {}
    here = streamable(log, needs)
    if here.groupings or here.histograms:
        cubes, found = streamed(log, here)
    rest = replace(
        needs, groupings=needs.groupings - here.groupings, histograms=needs.histograms - here.histograms
    )
    if rest.groupings:
        cubes |= (unit_cubes if log.clustered else cell_cubes)(log, rest)
    return Tallies(cubes, found | histograms(log, rest), not log.independent)
