"""Check proves all that can be proved of a chat candidate without asking it anything."""

from __future__ import annotations

import pytest

import shipworthy as sw
from shipworthy.errors import InputError
from tests.workbench.assistants import PROMPT, VARIABLE, folder_of

NOWHERE = "http://127.0.0.1:9/v1"
BROKEN = {
    "no prompt": ({"prompt": "asks.md"}, PROMPT, "chat.file", "product.yaml:15"),
    "a prompt elsewhere": ({"prompt": "../ask.md"}, PROMPT, "chat.file", "product.yaml:15"),
    "an unknown column": ({}, "{{ bait }}\n{{ subject }}", "chat.prompt", "ask.md:2"),
    "the label": ({}, "{{ spam }}", "chat.label_leak", "ask.md:1"),
    "no template": ({}, "{{ bait }", "chat.prompt", "ask.md:1"),
    "no word for yes": ({"answer": "{labels: {true: 'yes', 0: 'no'}}"}, PROMPT, "chat.answer", "product.yaml:19"),
    "no field": ({"answer": "{json_schema: {type: object, properties: {a: {}}}, field: b}"}, PROMPT, "chat.schema", "product.yaml:19"),
    "no such price": ({"price": "genai-prices"}, PROMPT, "chat.price", "product.yaml:18"),
    "no schema": ({"answer": "{json_schema: nowhere.json, field: b}"}, PROMPT, "chat.file", "product.yaml:19"),
}  # fmt: skip


@pytest.mark.parametrize(("more", "prompt", "code", "place"), BROKEN.values(), ids=BROKEN)
def test_what_it_is_asked_with_is_proved(tmp_path, more, prompt, code, place):
    folder = folder_of(tmp_path, NOWHERE, prompt, **more)
    with pytest.raises(InputError) as caught:
        sw.evaluate(sw.open(folder))
    [problem] = caught.value.problems
    assert code == problem.code
    assert str(problem.where).startswith(f"{tmp_path}/{place}")
    assert problem.message
    assert problem.remedy


def test_a_candidate_without_scores_has_nothing_that_groups_could_cut(tmp_path):
    folder = folder_of(tmp_path, NOWHERE)
    file = folder / "product.yaml"
    file.write_text(file.read_text().replace("  assistant:\n", "  assistant:\n    thresholds_by: format\n"))
    [problem] = sw.check(sw.open(folder)).problems
    assert "candidate.no_score" == problem.code


@pytest.mark.parametrize(
    ("base_url", "key", "expected"),
    [
        ("http://localhost:9/v1", "", []),
        ("https://models.example/v1", "k", []),
        ("https://models.example/v1", "", ["chat.no_key"]),
        ("http://models.example/v1", "k", ["chat.plain_http"]),
    ],
)
def test_a_key_that_is_missing_or_would_travel_in_the_open_is_a_warning(
    tmp_path, monkeypatch, base_url, key, expected
):
    monkeypatch.setenv(VARIABLE, key)
    found = sw.check(sw.open(folder_of(tmp_path, base_url)))
    assert ((), expected) == (
        found.problems,
        [each.code for each in found.warnings if each.code != "data.few"],
    )
