"""A product file that has everything, and a way to break one line of it."""

from __future__ import annotations

METRICS = frozenset({"recall", "precision", "false_positive_rate", "net_value", "mean", "rate", "ndcg@k"})

SMALL = """\
product: Mail shield
predicts: {target: spam}
data: {examples: {source: mail.csv}}
requirements:
  - recall >= 0.80
"""

FULL = """\
# what the mail team promised in March
product: Mail shield            # the name in the shop
owner: Trust and safety
problem: {who: people with mail, need: less spam, today: they delete it, evidence: 12 interviews, since: 2012}
predicts: {target: spam, positive: 1, kind: binary}
action: {when: positive, do: move to the spam folder, reversible: yes}
value: {currency: USD, volume: 2_000_000 / month, true_positive: 0.02, false_positive: -0.50, review: -0.40}
data:
  examples: {source: data/mail.parquet, id: id, time: time, owner: mail team, licence: CC0, collected: 2012}
  production: {source: "postgresql://host/mail", table: messages}
  split: {by: time, test: 30 %, validation: 0.2}
segments: [format, number, {num_char: 4 quantiles}, {lines: [10, 100]}]
protected: {gender: {basis: consent}, age: }
candidates:
  keywords: {rule: "winner = 'yes' OR dollar > 2", cost: 0}
  logistic: {train: logistic_regression, options: {max_iter: 200}}
  boosted:  {train: gradient_boosting, tune: 30 trials, drop: [sender]}
  assistant: {chat: {model: small, base_url: "http://localhost:8080/v1", prompt: prompts/spam.md}}
  vendor:   {recorded: data/vendor.parquet, columns: {prediction: verdict}, threshold: 0.5}
requirements:
  - recall >= 0.80
  - recall >= 0.80 at false_positive_rate <= 1 %
  - gap(false_positive_rate, format) <= 0.05
  - recall >= 0.60 for every number
  - p95(latency_ms) <= 50
  - {require: mean(cost_usd) <= 0.001, otherwise: route to the rule, owner: finance, stages: [live]}
monitor: {every: 1 day, label_delay: 7 days, alert: [stdout]}
launch: {stages: [shadow, 5 %, 25 %, 100 %], stop_if: [net_value < 0]}
"""


def changed(old: str, new: str, text: str = SMALL) -> str:
    """The text with its one occurrence of `old` replaced."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)
