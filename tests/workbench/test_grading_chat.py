"""A chat model's texts are graded like anybody's, several answers to one question being one unit."""

from __future__ import annotations

from typing import Any

import pytest

import shipworthy as sw
from tests.workbench.assistants import KEY, VARIABLE, candidate
from tests.workbench.helpdesk import FACTS, PRODUCT, desk_folder, questions

PROMPT = "# system\nAnswer from the text.\n# user\n{{ topic }}: {{ context }}\n"


@pytest.fixture(autouse=True)
def key(monkeypatch):
    monkeypatch.setenv(VARIABLE, KEY)


def test_replies_are_graded_and_samples_are_clustered(tmp_path, endpoint):
    endpoint.replies = {
        "returns": FACTS[0],
        "shipping": "Donkeys carry everything over mountains.",
        "hours": "I don't know.",
    }
    asked = candidate(endpoint.base_url, samples="2", price="{input_per_million: 1, output_per_million: 2}")
    folder = desk_folder(
        tmp_path / "p", PRODUCT.replace("candidates:\n", f"candidates:\n{asked}"), questions(30)
    )
    (folder / "ask.md").write_text(PROMPT, encoding="utf-8")
    for name in ("terse", "chatty"):
        lines = (folder / f"{name}.csv").read_text().splitlines()
        (folder / f"{name}.csv").write_text("\n".join(lines[:31]) + "\n")
    record: Any = sw.evaluate(sw.open(folder))
    found = {
        each.metric: each
        for each in record.evaluation.estimates
        if each.candidate == "assistant" and not each.slice
    }
    grounded = found["pass_rate(grounded)"]
    assert (60, 4 / 3) == (grounded.n + grounded.unscored, pytest.approx(2 * grounded.value, abs=0.05))
    assert grounded.units <= 15
    assert 60 == found["pass_rate(short)"].n
    assert found["mean(cost_usd)"].value > 0
