"""The samples of each input of a candidate, counted; and when two answers are the same."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from shipworthy.evaluate.steadiness import Input, sample_tallies
from shipworthy.models.embedding import embedding
from shipworthy.query.samples import scan_samples
from shipworthy.stats.semantic_entropy import clusters, near, same_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from shipworthy.evaluate.steadiness import Clustered
    from shipworthy.query.samples import Sample
    from shipworthy.query.scan import Log
    from shipworthy.tally.scan import Tallies
    from shipworthy.workbench.answering import Answers
    from shipworthy.workbench.session import Session


def tallies_of_samples(session: Session, each: Answers, log: Log) -> Tallies:
    """The tallies over the inputs of a candidate's test rows; nothing is read where nothing is asked of samples."""
    needs = session.asked.needs_of("samples")
    if not needs.columns:
        return sample_tallies((), needs, lambda _: ())
    graders = session.task.grades if session.task.kind != "ranking" else ()
    samples = scan_samples(log, graders, needs.sliced_by)
    return sample_tallies(_inputs(samples, repeated=each.repeated), needs, clustered_by(session))


def _inputs(samples: Sequence[Sample], *, repeated: bool) -> Iterator[Input]:
    """The samples of one input together: where a candidate answers rows several times, their ids end in # and a number."""

    def base(sample: Sample) -> str:
        return sample.id.rpartition("#")[0] or sample.id if repeated else sample.id

    for _, found in groupby(sorted(samples, key=base), base):
        own = list(found)
        first = own[0]
        grades = {name: tuple(each.grades[name] for each in own) for name in first.grades}
        yield Input(first.unit, tuple(each.answer for each in own), grades, first.slices, first.weight)


def clustered_by(session: Session) -> Clustered:
    """Which answers say the same: equal texts, or near embeddings where product.yaml asks for meaning.

    Raises:
        InputError: the embedding model is not installed.
    """
    asked = session.product.stability
    if asked is None or asked.same == "text":
        return lambda texts: clusters(texts, same_text)
    embed, same = embedding(), near(asked.at_least)
    return lambda texts: clusters(list(embed(texts)), same) if texts else ()
