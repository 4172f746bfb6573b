"""A real, small language model as a candidate, from product.yaml to verdicts."""

from __future__ import annotations

from typing import Any

import shipworthy as sw
from tests.engines.language_model import NAME
from tests.workbench import shop
from tests.workbench.assistants import candidate, facts_of, log_of

PROMPT = """\
# system
Say whether a mail is spam. Answer yes or no.
# user
5 words of bait
# assistant
yes
# user
0 words of bait
# assistant
no
# user
{{ bait }} words of bait
"""


def test_a_real_model_answers_with_chances_that_are_judged_like_any_score(tmp_path, language_model):
    """What a mail says decides the reply, not its row: a few questions serve all rows."""
    how = {"model": NAME, "logprobs": "yes", "calibrate": "content_free", "max_tokens": "1"}
    text = shop.with_requirements("recall >= 0.50", "auc >= 0.60")
    folder = shop.product_folder(
        tmp_path, shop.with_candidates(candidate(language_model, **how), text=text), shop.mail(60)
    )
    (folder / "ask.md").write_text(PROMPT)
    record: Any = sw.evaluate(sw.open(folder))
    found, rows = facts_of(record), log_of(folder)
    assert (30, 30) == (found.rows, found.scored)
    assert found.threshold is not None
    assert all(0.0 < row["score"] < 1.0 and row["latency_ms"] > 0.0 and row["cost_usd"] > 0.0 for row in rows)
    assert any("words of answers cover" in note for note in found.notes)
    verdicts = {
        each.requirement: each.verdict for each in record.evaluation.verdicts if each.candidate == "assistant"
    }
    assert {"recall >= 0.50", "auc >= 0.60"} == {*verdicts}
