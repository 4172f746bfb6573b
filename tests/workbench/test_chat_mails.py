"""A real chat model beside a rule and a trained model, on the same held-out mails of the example that fetches its data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import shipworthy as sw
from tests.engines.language_model import NAME
from tests.workbench.shop import changed

EXAMPLE = Path("examples/mail_text")
PARTS = {"test": 100, "validation": 60, "train": 600}
ASSISTANT = f"""\
  assistant:
    chat:
      model: {NAME}
      base_url: BASE_URL
      prompt: prompts/mail.md
      temperature: 0
      max_tokens: 1
      logprobs: yes
      calibrate: content_free
      price: {{input_per_million: 0, output_per_million: 0, source: it runs here}}
"""


def folder_of(folder: Path, base_url: str) -> Path:
    """A product over mails drawn at random, with the candidates of the example and a chat model."""
    mails = pq.read_table(EXAMPLE / "data" / "mails.parquet")
    drawn = np.random.default_rng(0).permutation(mails.num_rows)[: sum(PARTS.values())]
    part = [name for name, rows in PARTS.items() for _ in range(rows)]
    (folder / "data").mkdir()
    pq.write_table(mails.take(drawn).append_column("part", pa.array(part)), folder / "data" / "mails.parquet")
    (folder / "prompts").mkdir()
    (folder / "prompts" / "mail.md").write_text((EXAMPLE / "prompts" / "mail.md").read_text())
    text = changed(
        "{by: random, test: 30 %, validation: 20 %}", "{by: part}", (EXAMPLE / "product.yaml").read_text()
    )
    text = changed("requirements:\n", f"{ASSISTANT}requirements:\n  - auc >= 0.5\n", text)
    (folder / "product.yaml").write_text(text.replace("BASE_URL", base_url))
    return folder


@pytest.mark.slow
def test_a_real_model_is_judged_beside_the_others_on_the_same_rows_real_model(tmp_path, language_model):
    """A model of 135 million parameters that sees the subject knows a little; word counts of whole mails know nearly all."""
    if not (EXAMPLE / "data" / "mails.parquet").exists():
        pytest.skip("the mails are not there: examples/mail_text/fetch.sh and make_table.py bring them")
    product = sw.open(folder_of(tmp_path, language_model))
    found: Any = sw.evaluate(product).evaluation
    auc = {each.candidate: each.value for each in found.estimates if each.metric == "auc" and not each.slice}
    assert 0.5 < auc["assistant"] < 0.75
    assert auc["words"] > 0.9
    assert {100} == {each.rows for each in found.candidates} == {each.scored for each in found.candidates}
    again: Any = sw.evaluate(product).evaluation
    assert found == again
