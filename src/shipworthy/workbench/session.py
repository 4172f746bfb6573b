"""The data side of an opened product: engines, the examples, their split, and how they are sliced."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evaluate import (
    Fairness,
    Searched,
    deepest_of_units,
    fairness,
    searched,
    with_fairness,
)
from shipworthy.evaluate.asking import Questions, questions, sliced_columns
from shipworthy.evaluate.lattice import DEEPEST
from shipworthy.evidence import DataFacts, SplitFacts
from shipworthy.evidence.record import content_hash
from shipworthy.query.answer import without_labels
from shipworthy.query.engine import Engine, local_engine, remote_engine, without_password
from shipworthy.query.facts import classes_of
from shipworthy.query.frame import Frame, Part, answer_columns, examples_frame, parts
from shipworthy.query.own import Ratio, log_like, ratio_values, read_ratio
from shipworthy.query.ranked_items import prove_items, prove_same_in_requests
from shipworthy.query.rejects import Read, load_what_can_be_read
from shipworthy.query.slicing import Slicing, slicings
from shipworthy.query.source import FINGERPRINT_DIGITS, files_of, fingerprint, is_url, load_table
from shipworthy.query.split import TEST, SplitPlan, split_plan
from shipworthy.query.streamed import sums_units
from shipworthy.query.uniqueness import prove_unique
from shipworthy.query.weights import prove_weights
from shipworthy.spec.model import Segment
from shipworthy.spec.task import Task
from shipworthy.workbench.judging.people import drawing
from shipworthy.workbench.labelling.given import GivenLabels, Measured, filled, given_labels, measured
from shipworthy.workbench.proofs import proved

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shipworthy.errors import Place
    from shipworthy.spec.kinds import Drawing
    from shipworthy.workbench.judging.people import People
    from shipworthy.workbench.product import Opened


class Session:
    """Everything that is read from a product's data, each thing once and only when it is asked for."""

    def __init__(self, opened: Opened, *, reads_on: bool = False) -> None:
        """Open the data side; with `reads_on`, lines of the examples that cannot be read are left out and named."""
        self.opened = opened
        self.reads_on = reads_on
        self.product = opened.of_candidates
        self._remote: dict[str, Engine] = {}
        self.imported: dict[str, Any] = {}
        self.heard: dict[str, tuple[Mapping[str, People], Drawing]] = {}

    @cached_property
    def local(self) -> Engine:
        """The embedded engine, which may read the product's own files and nothing else."""
        workspace, places = self.opened.workspace, self.opened.places
        sources = [(self.product.data.examples.source, places.of("data", "examples", "source"))]
        if self.product.data.production is not None:
            sources.append((self.product.data.production.source, places.of("data", "production", "source")))
        sources += [
            (candidate.recorded, places.of("candidates", name, "recorded"))
            for name, candidate in self.product.candidates.items()
            if candidate.recorded and candidate.format is None
        ]
        if self.product.misuse is not None:
            sources += [
                (source, places.of("misuse", "answers", name))
                for name, source in self.product.misuse.answers.items()
            ]
        files = [
            file
            for source, place in sources
            if not is_url(source)
            for file in files_of(source, self.opened.folder, place)
        ]
        return local_engine([*files, workspace.logs], workspace.temporary)

    def engine(self, source: str) -> Engine:
        """The engine that reads a source."""
        if not is_url(source):
            return self.local
        if source not in self._remote:
            self._remote[source] = remote_engine(source)
        return self._remote[source]

    def table(self, source: str, name: str | None, where: Place | None) -> Any:
        """The table that a source names."""
        return load_table(self.engine(source), source, self.opened.folder, name, where)

    @cached_property
    def source(self) -> Any:
        """The examples as their source holds them, under their own column names."""
        return without_labels(self._stored, self.product.label) if self.without_reference else self._stored

    @cached_property
    def _stored(self) -> Any:
        """The table of the examples as it lies there; with `reads_on`, what can be read of it."""
        if self.reads_on:
            return self.examples_read.table
        source = self.product.data.examples
        return self.table(source.source, source.table, self.opened.places.of("data", "examples", "source"))

    @property
    def without_reference(self) -> bool:
        """Whether answers are texts and the source has no column of reference answers."""
        return self.product.predicts.kind == "text" and self.product.label not in self._stored.columns

    @cached_property
    def examples_read(self) -> Read:
        """What can be read of the examples, and the lines that cannot."""
        source, place = self.product.data.examples, self.opened.places.of("data", "examples", "source")
        return load_what_can_be_read(self.home, source.source, self.opened.folder, source.table, place)

    @cached_property
    def production(self) -> Any:
        """What the world looks like, under its own column names; None where product.yaml does not say."""
        source = self.product.data.production
        if source is None:
            return None
        return self.table(source.source, source.table, self.opened.places.of("data", "production", "source"))

    @property
    def production_facts(self) -> tuple[DataFacts, ...]:
        """Production as an input of a record; nothing where there is none."""
        source = self.product.data.production
        if source is None:
            return ()
        found = fingerprint(self.engine(source.source), source.source, self.opened.folder, self.production)
        return (DataFacts("production", without_password(source.source), found, 0),)

    @cached_property
    def labelled(self) -> GivenLabels | None:
        """The labels that people gave in the queue, where there are any."""
        return given_labels(self)

    @cached_property
    def examples(self) -> Any:
        """The examples; where the source has no label and people gave one, with that."""
        return self.source if self.labelled is None else filled(self, self.labelled)

    def over(self, frame: Frame, fingerprint: str) -> Session:
        """The same product over other rows, which the embedded engine holds; answers to them are kept apart. Without judges."""
        other = copy(self)
        other.task = replace(self.task, grades=self._plain_graders, judged=())
        grade = {name: self.product.grade[name] for name in self._plain_graders}
        other.product = self.product.model_copy(update={"grade": grade})
        other.fingerprint, other.home, other.framed = fingerprint, self.local, Measured(frame, ())
        return other

    @property
    def _plain_graders(self) -> tuple[str, ...]:
        return tuple(name for name in self.task.grades if name not in dict(self.task.judged))

    @cached_property
    def home(self) -> Engine:
        """The engine that holds the examples."""
        return self.engine(self.product.data.examples.source)

    @cached_property
    def source_fingerprint(self) -> str:
        """The hash of the source's content."""
        return fingerprint(self.home, self.product.data.examples.source, self.opened.folder, self.source)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of the examples' content, with the labels that people gave."""
        if self.labelled is None or not self.labelled.used:
            return self.source_fingerprint
        return content_hash([self.source_fingerprint, self.labelled.basis])[:FINGERPRINT_DIGITS]

    @cached_property
    def plan(self) -> SplitPlan:
        """How the examples are divided."""
        return split_plan(self.product)

    @cached_property
    def task(self) -> Task:
        """The kind of answers, with its classes, and how the answers were drawn that people labelled for each judge."""
        drawn = tuple((name, drawing(self, name)) for name, _ in self._plain_task.judged)
        return replace(self._plain_task, judged=drawn)

    @cached_property
    def _plain_task(self) -> Task:
        """The kind of answers, with its classes: those that product.yaml names, else those of the examples."""
        stated = Task.of(self.product)
        if stated.kind != "multiclass" or stated.classes:
            return stated
        place = self.opened.places.of("predicts", "target")
        classes = classes_of(self.home, self.examples[self.product.label], place)
        return replace(stated, classes=classes)

    @cached_property
    def questions(self) -> Questions:
        """What an evaluation of the product asks."""
        return questions(self.product, self.task)

    @cached_property
    def own(self) -> tuple[Ratio, ...]:
        """The expressions of the product's own metrics.

        Raises:
            InputError: one cannot be read, names no column, or gives no number; with its place.
        """
        found = []
        for name, own in self.task.own:
            try:
                ratio = read_ratio(own, self.examples.columns)
                ratio_values(log_like(self.examples, self.task, ratio.columns), (ratio,))
            except InputError as error:
                problem, where = error.problem, self.opened.places.of("metrics", name)
                message = f"metrics.{name}: {problem.message}"
                raise InputError(problem.code, message, where=where, remedy=problem.remedy) from None
            found.append(ratio)
        return tuple(found)

    @property
    def division(self) -> dict[str, Any]:
        """What decides which row has which id, label, unit and part: logs and models rest on it beside the data."""
        roles = self.product.data.examples.model_dump(
            mode="json", include={"id", "time", "unit", "repeats", "weight"}
        )
        answer: dict[str, Any] = {
            "label": self.product.label,
            "positive": repr(self.product.predicts.positive),
        }
        task = self._plain_task
        if task.kind != "binary":
            answer = {"label": self.product.label, "kind": task.kind, "classes": list(task.classes)}
        if task.kind == "ranking":
            answer |= {"request": self.product.predicts.request, "item": self.product.predicts.item}
        return {**roles, **answer, "split": str(self.plan), "seed": self.plan.seed}

    @cached_property
    def slicings(self) -> dict[str, Slicing]:
        """How each column that is sliced by falls into slices."""
        named = {segment.column: segment for segment in self.product.slicing}
        columns = sliced_columns(self.product, self.questions.of_examples)
        wanted = [
            named.get(column, Segment(column=column)) for column in columns if column in self.examples.columns
        ]
        asked = [pair for claim in self.questions.of_examples for pair in claim.requirement.where]
        fixed = {column: [label for name, label in asked if name == column] for column in columns}
        return slicings(self.home, self.examples, wanted, fixed)

    @cached_property
    def framed(self) -> Measured:
        """The frame over the examples, ids proved unique."""
        source = self.product.data.examples
        workspace, places = self.opened.workspace, self.opened.places
        if source.id:
            column, place = source.id, places.of("data", "examples", "id")
            proved(
                workspace,
                {"proof": "unique", "column": column, "repeats": source.repeats, "data": self.fingerprint},
                lambda: prove_unique(self.home, self.examples, column, source.source, place, source.repeats),
            )
        if source.weight:
            weight, there = source.weight, places.of("data", "examples", "weight")
            basis = {"proof": "weights", "column": weight, "data": self.fingerprint}
            proved(workspace, basis, lambda: prove_weights(self.home, self.examples, weight, there))
        if self.task.kind == "ranking":
            self._prove_ranked()
        asked = [
            column
            for column in self.questions.columns
            if column not in answer_columns(self.task) or column in self.examples.columns
        ]
        own = [column for ratio in self.own for column in ratio.columns]
        graded = [column for grader in self.product.grade.values() for column in grader.columns]
        carried = sorted({*asked, *self.slicings, *own, *graded})
        frame = examples_frame(
            self.home, self.examples, self.product, self.plan, self.slicings, carried, self.task
        )
        return Measured(frame, ()) if self.labelled is None else measured(self, frame, self.labelled)

    @property
    def frame(self) -> Frame:
        """The examples in the form of the log, ids proved unique, drawn labels weighted by their chances."""
        return self.framed.frame

    @property
    def label_notes(self) -> tuple[str, ...]:
        """What is to be said of the labels that people gave."""
        return self.framed.notes

    def _prove_ranked(self) -> None:
        """Prove that items stand once in a request, and that requests do not differ in what they are sliced by."""
        predicts, source = self.product.predicts, self.product.data.examples
        request, item = predicts.request or "", predicts.item or ""
        columns = sorted({*self.slicings, *((source.unit,) if source.unit else ())} - {request})
        place = self.opened.places.of("predicts")

        def prove() -> None:
            prove_items(self.home, self.examples, request, item, place)
            prove_same_in_requests(self.home, self.examples, request, columns, place)

        key = {"proof": "items", "data": self.fingerprint, "columns": [request, item, *columns]}
        proved(self.opened.workspace, key, prove)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Rows, labels and positives of each part of the split."""
        return parts(self.frame)

    def part(self, name: str) -> Part:
        """One part of the split; of no rows where nothing falls into it."""
        return next((part for part in self.parts if part.name == name), Part(name, 0, 0, 0))

    @property
    def test(self) -> tuple[int, int]:
        """Positive and negative test rows."""
        part = self.part(TEST)
        return part.positives, part.labelled - part.positives

    @property
    def splits(self) -> tuple[SplitFacts, ...]:
        """The parts as evidence."""
        return tuple(SplitFacts(part.name, part.rows, part.labelled, part.positives) for part in self.parts)

    @property
    def data_facts(self) -> DataFacts:
        """The examples as evidence."""
        source = without_password(self.product.data.examples.source)
        return DataFacts("examples", source, self.fingerprint, sum(part.rows for part in self.parts))

    @property
    def statements(self) -> tuple[str, ...]:
        """Every statement that was run, over all engines."""
        engines = [*([self.local] if "local" in self.__dict__ else []), *self._remote.values()]
        return tuple(f"{purpose}: {sql}" for engine in engines for purpose, sql in engine.statements)

    @property
    def known_slices(self) -> dict[str, tuple[str, ...]]:
        """The slices that each column has in the examples, in order."""
        return {name: slicing.labels for name, slicing in self.slicings.items()}

    @cached_property
    def fairness(self) -> Fairness:
        """What is asked of protected columns although no requirement does."""
        return fairness(self.product, self.known_slices, one_by_one=self._deepest == 1)

    @cached_property
    def asked(self) -> Questions:
        """Everything that an evaluation asks of a log."""
        return with_fairness(self.questions, self.fairness)

    @cached_property
    def searched(self) -> Searched:
        """Which metrics and groupings are searched for slices that are worse than the rest."""
        return searched(
            self.product,
            self.questions.of_answers,
            self.known_slices,
            deepest=self._deepest,
            task=self.task,
        )

    @cached_property
    def _deepest(self) -> int:
        """By how many columns slices are looked at unasked: of units with several rows each grouping has its price."""
        if self.product.data.examples.whose is None:
            return DEEPEST
        if not sums_units(self.home, self.slicings):
            return 1
        return deepest_of_units(self.data_facts.rows, len(self.slicings))
