"""A value of the wrong kind anywhere in a file gives rows or an error that teaches, never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from shipworthy.errors import InputError
from shipworthy.foreign import Results, read_results, sheet
from tests.foreign import files

ODD: tuple[Any, ...] = (None, True, -1, 2.5, float("nan"), "x", "", [], [[]], {}, {"a": [1]}, 10**400)
FOO = files.promptfoo([files.promptfoo_entry(0, "1"), files.promptfoo_entry(1, None)])
SEEN = {
    **files.inspect_header(),
    "samples": [files.inspect_sample("a", "1"), files.inspect_sample("b", None)],
}
HARNESS = [files.lm_eval_line(0, "1"), files.lm_eval_line(1, "0")]
EVENTS = files.openai_evals({"s.0": "1", "s.1": None})


def paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where each value of a JSON document stands."""
    yield before
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from paths(child, (*before, key))


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(document)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def written(form: str, document: Any) -> bytes:
    lines = form in ("lm_eval", "openai_evals") and isinstance(document, list)
    return files.lines_of(document) if lines else files.json_bytes(document)


def results_of(form: str, data: bytes) -> Results | None:
    """The rows, or None where it is told what is wrong."""
    try:
        return read_results(form, data, "results.json")
    except InputError as error:
        return None if error.problem.remedy else pytest.fail(f"no remedy: {error}")


@pytest.mark.parametrize(
    ("form", "document"),
    [("promptfoo", FOO), ("inspect", SEEN), ("lm_eval", HARNESS), ("openai_evals", EVENTS)],
)
def test_any_value_may_be_odd(form, document):
    read = 0
    for path in paths(document):
        for value in ODD:
            data = written(form, with_value(document, path, value))
            found = results_of(form, data)
            if found is None:
                continue
            read += 1
            columns = sheet(found.rows, id_from=None, words=None, numeric=False, file="f")
            assert {len(found.rows)} == {
                len(each) for each in (*columns.texts.values(), *columns.numbers.values())
            }
            assert all(isinstance(each, str | None) for column in columns.texts.values() for each in column)
            assert all(
                isinstance(each, float | None) for column in columns.numbers.values() for each in column
            )
    assert read > 100
