"""What kind of answer a product gives: it decides which outcomes a row can have and which metrics there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.spec.kinds import Drawing, Kind

if TYPE_CHECKING:
    from shipworthy.spec.model import Product
    from shipworthy.spec.own_metric import OwnMetric

MOST_CLASSES = 50


@dataclass(frozen=True)
class Task:
    """The kind of answer, its classes in order where it is one of several, the metrics that the product brings along, and its graders.

    `judged` are those of the graders that are judges, each with how the answers that people labelled were drawn.
    `variants` are those of inputs that are tried. Where `paired`, rows are those of two candidates at once, and an outcome is that of both.
    """

    kind: Kind = "binary"
    classes: tuple[str, ...] = ()
    own: tuple[tuple[str, OwnMetric], ...] = ()
    paired: bool = False
    grades: tuple[str, ...] = ()
    judged: tuple[tuple[str, Drawing], ...] = ()
    variants: tuple[str, ...] = ()

    @classmethod
    def of(cls, product: Product) -> Task:
        """The task that product.yaml states; where it names no classes there are none yet."""
        classes = tuple(map(class_text, product.predicts.classes))
        variants = product.stability.variants if product.stability else None
        judges = [(name, grader.judge) for name, grader in product.grade.items()]
        return cls(
            product.predicts.kind,
            classes,
            own=tuple(product.metrics.items()),
            grades=tuple(product.grade),
            judged=tuple((name, judge.drawn) for name, judge in judges if judge is not None),
            variants=variants.names if variants else (),
        )


def class_text(value: object) -> str:
    """A class as its name: numbers without a needless `.0`, and true and false in small letters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


BINARY = Task()
