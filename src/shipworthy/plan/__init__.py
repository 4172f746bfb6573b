"""What it takes to settle what is open: the room behind `shipworthy plan`.

`rows` says which rows a metric counts and how they are found; `effort` turns so many of them into rows to collect, rows to
label, money and weeks; `opening` asks each open claim what it needs; `batch` serves all claims with the same rows; `ladder`
plans a claim before there is any data, and `comparison` one of two candidates, by their `discordance` or by how much they
differ from row to row; `judging` finds the cheapest labels and answers of a judge (`mixing`; `judged`: from tallies)
that decide a claim about a pass rate, as far as its bound would show it (`proving`).
"""

from shipworthy.plan.batch import batch, order
from shipworthy.plan.comparison import (
    LABELLED_ROWS,
    Aim,
    PlannedComparison,
    Rates,
    is_discordant,
    planned_comparison,
)
from shipworthy.plan.discordance import Discordance, discordance
from shipworthy.plan.effort import Prices
from shipworthy.plan.judged import judge_mix
from shipworthy.plan.judging import JudgingPlan, judging_plan
from shipworthy.plan.ladder import Ladder, Rung, ladder
from shipworthy.plan.mixing import JudgingPrices, Mix, Present
from shipworthy.plan.opening import Counted, opening
from shipworthy.plan.rows import Shares, shares

__all__ = [
    "LABELLED_ROWS",
    "Aim",
    "Counted",
    "Discordance",
    "JudgingPlan",
    "JudgingPrices",
    "Ladder",
    "Mix",
    "PlannedComparison",
    "Present",
    "Prices",
    "Rates",
    "Rung",
    "Shares",
    "batch",
    "discordance",
    "is_discordant",
    "judge_mix",
    "judging_plan",
    "ladder",
    "opening",
    "order",
    "planned_comparison",
    "shares",
]
