"""Which columns a model may look at, and in which role; what is left out is named with the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from shipworthy.errors import InputError, did_you_mean

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.spec.model import Candidate

Role = Literal["number", "boolean", "category", "text", "date"]

_FEW_VALUES = 20
_FEW_VALUES_SHARE = 0.02
_IDENTIFIER_DISTINCT_SHARE = 0.95
_LONG_CHARACTERS = 30
_SENTENCE_SPACES = 2
_EXPECTED_REPEATS = 10


@dataclass(frozen=True)
class Feature:
    """A column that the model sees, and how it sees it."""

    column: str
    role: Role


@dataclass(frozen=True)
class LeftOut:
    """A column that the model does not see, and why, as a clause that follows its name."""

    column: str
    reason: str


@dataclass(frozen=True)
class FeaturePlan:
    """What a model will see, and what it will not; both in the order of the table."""

    features: tuple[Feature, ...]
    left_out: tuple[LeftOut, ...]


def plan_features(table: pa.Table, *, exclude: Collection[str], candidate: Candidate) -> FeaturePlan:
    """The features of a candidate, from the Arrow types and a look at all values of the training rows.

    Numbers, booleans and dates keep their role. Strings become text where they hold many different sentences or
    long values, categories otherwise. Left out: `exclude` and the candidate's `drop`; columns that are empty or
    always the same; strings and whole numbers that merely name the row; types that are none of the roles.
    `features:` restricts the choice (and keeps an identifier that it names), `text:` forces the role text.

    Args:
        table: the training rows.
        exclude: the label, and the columns that identify a row; asking for one of them is an error.
        candidate: a candidate of kind `train`.

    Raises:
        InputError: `model.label_leak`, `model.unknown_column`, `model.contradiction`, `model.not_text`, or
            `model.no_features` where nothing is left.
    """
    asked = _requested(table, exclude, candidate)
    planned = [
        _planned(name, table.column(name), asked=name in asked, as_text=name in candidate.text)
        for name in table.column_names
        if name not in exclude and name not in candidate.drop and (not candidate.features or name in asked)
    ]
    features = tuple(item for item in planned if isinstance(item, Feature))
    left_out = tuple(item for item in planned if isinstance(item, LeftOut))
    if not features:
        reasons = "; ".join(f"{item.column} {item.reason}" for item in left_out) or "no column remains"
        raise InputError(
            "model.no_features",
            f"there is nothing to learn from: {reasons}",
            remedy="Add columns to the examples, or name the columns to use under 'features:'.",
        )
    return FeaturePlan(features, left_out)


def _requested(table: pa.Table, exclude: Collection[str], candidate: Candidate) -> frozenset[str]:
    """The columns that the candidate names as inputs, proved to exist and to be allowed."""
    asked = frozenset((*candidate.features, *candidate.text))
    for name in (*candidate.features, *candidate.text, *candidate.drop):
        if name not in table.column_names:
            choices = [column for column in table.column_names if column not in exclude]
            raise InputError(
                "model.unknown_column",
                f"the examples have no column {name!r}",
                remedy=did_you_mean(name, choices),
            )
        if name in asked and name in exclude:
            raise InputError(
                "model.label_leak",
                f"{name!r} cannot be a feature: it is the label, or it only says which row this is",
                remedy=f"Remove {name!r} from 'features:' and 'text:'; a model that sees it knows rows by heart.",
            )
        if name in asked and name in candidate.drop:
            raise InputError(
                "model.contradiction",
                f"{name!r} is both asked for and dropped",
                remedy=f"Remove {name!r} from 'drop:', or from 'features:' and 'text:'.",
            )
    return asked


def _planned(name: str, column: Any, *, asked: bool, as_text: bool) -> Feature | LeftOut:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    role = _role_of_type(column.type)
    if role is None:
        return LeftOut(name, f"holds values of type {column.type}, which no feature can be made of")
    if as_text and role != "category":
        raise InputError(
            "model.not_text",
            f"{name!r} stands under 'text:' but holds values of type {column.type}",
            remedy=f"Remove {name!r} from 'text:'; it is used as a {role}.",
        )
    distinct = pc.count_distinct(column, mode="only_valid").as_py()
    if distinct == 0:
        return LeftOut(name, "is empty")
    if distinct == 1 and column.null_count == 0:
        return LeftOut(name, "always holds the same value")
    if as_text:
        return Feature(name, "text")
    if role == "category":
        return _string_feature(name, column, distinct, asked=asked)
    if not asked and pa.types.is_integer(column.type) and _counts_rows(column, distinct):
        return LeftOut(name, "only numbers the rows")
    return Feature(name, role)


def _role_of_type(kind: Any) -> Role | None:
    import pyarrow as pa

    types = pa.types
    if types.is_boolean(kind):
        return "boolean"
    if types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind):
        return "number"
    if types.is_date(kind) or types.is_timestamp(kind):
        return "date"
    if types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind):
        return "category"
    return None


def _counts_rows(column: Any, distinct: int) -> bool:
    """Whether whole numbers never repeat although, in so small a range, chance alone would make ten repeats.

    Of n numbers drawn from a range of R, about n²/2R pairs are equal (the birthday problem).
    """
    import pyarrow.compute as pc

    rows = len(column)
    if distinct < rows:
        return False
    ends = pc.min_max(column).as_py()
    return bool(rows * rows > 2 * _EXPECTED_REPEATS * (ends["max"] - ends["min"] + 1))


def _string_feature(name: str, column: Any, distinct: int, *, asked: bool) -> Feature | LeftOut:
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pc.unique(column.drop_null().cast(pa.large_string()))
    rows = len(column) - column.null_count
    if distinct <= max(_FEW_VALUES, _FEW_VALUES_SHARE * rows):
        return Feature(name, "category")
    lengths = pc.utf8_length(values)
    spaces = pc.mean(pc.count_substring_regex(values, r"\s")).as_py()
    if distinct >= _IDENTIFIER_DISTINCT_SHARE * rows and _looks_like_identifiers(values, lengths):
        return Feature(name, "category") if asked else LeftOut(name, "only names the row")
    if spaces >= _SENTENCE_SPACES or pc.mean(lengths).as_py() > _LONG_CHARACTERS:
        return Feature(name, "text")
    return Feature(name, "category")


def _looks_like_identifiers(values: Any, lengths: Any) -> bool:
    """Whether strings are unbroken ASCII, and short or all of one length, as keys, e-mails and hashes are."""
    import pyarrow.compute as pc

    broken = pc.any(pc.match_substring_regex(values, r"\s")).as_py()
    if broken or not pc.all(pc.string_is_ascii(values)).as_py():
        return False
    ends = pc.min_max(lengths).as_py()
    return bool(pc.mean(lengths).as_py() <= _LONG_CHARACTERS or ends["min"] == ends["max"])
