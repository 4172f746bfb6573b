"""Every metric that a requirement may name."""

from __future__ import annotations

import re
from dataclasses import replace

from shipworthy.errors import InputError, did_you_mean
from shipworthy.metrics.data import DATA
from shipworthy.metrics.entry import CLASS, COLUMNS, GRADER, VARIANT, Entry
from shipworthy.spec.kinds import Kind

_CLASSES: tuple[Kind, ...] = ("binary", "multiclass")
_SEVERAL: tuple[Kind, ...] = ("multiclass",)
_NUMBER: tuple[Kind, ...] = ("regression",)
_ANY: tuple[Kind, ...] = ("binary", "multiclass", "regression", "ranking", "text")
_GRADED: tuple[Kind, ...] = ("binary", "multiclass", "regression", "text")
_ORDER: tuple[Kind, ...] = ("ranking",)
_TEXT: tuple[Kind, ...] = ("text",)
_CHOSEN: tuple[Kind, ...] = ("binary", "multiclass", "text")
_REPEATED: tuple[Kind, ...] = ("multiclass", "text")
_SAMPLED = (
    "mean over inputs, unbiased whatever the number of samples; beta distribution with one adverse input more"
)
_ATTACKED = "exact binomial bounds (Clopper-Pearson) over attacks, the widest over all that unscored ones could be; Wilson interval shown"
_VARIED = "exact binomial bounds (Clopper-Pearson) over inputs, the widest over all that unscored ones could be; Wilson interval shown"
_BETA = "mean over requests; beta distribution with one adverse unit more"
_ANSWERED = ("tp", "fn", "fp", "tn")
_POSITIVE, _NEGATIVE = ("tp", "fn"), ("fp", "tn")
_FLAGGED, _CLEARED = ("tp", "fp"), ("fn", "tn")
_MACRO = "delta method on the logit scale; exact bounds of the classes, combined (MOVER), where one has under 10 events"
_TAILED = "linearised variance, Student t, farther out towards a long tail"
_LOSS = "linearised variance, Student t on the logarithm; farther up where the tail is long"
_GROUPS = "pairs of groups by MOVER from exact bounds; studentised range for the lower bound"
_JACKKNIFE = "; of clustered rows, a jackknife of groups of units"
_POINT = f"delta method; claims by order statistics of one class and the exact share of the other{_JACKKNIFE}"

_ENTRIES = (
    Entry("accuracy", "share of labelled rows that are answered rightly", "higher", ("tp", "tn"), _ANSWERED,
          cannot="says little where one class is rare: the baseline may score as well", headline=True, kinds=_CLASSES),
    Entry("error_rate", "share of labelled rows that are answered wrongly", "lower", ("fp", "fn"), _ANSWERED,
          cannot="weighs both kinds of error alike", kinds=_CLASSES),
    Entry("recall", "share of the positives that are found", "higher", ("tp",), _POSITIVE,
          cannot="is silent on false alarms", headline=True, kinds=_CLASSES, per_class=True),
    Entry("precision", "share of the flagged rows that are truly positive", "higher", ("tp",), _FLAGGED,
          cannot="changes with the share of positives: examples and production must agree in it", headline=True, kinds=_CLASSES, per_class=True),
    Entry("false_positive_rate", "share of the negatives that are wrongly flagged", "lower", ("fp",), _NEGATIVE,
          cannot="is silent on what is missed", headline=True, kinds=_CLASSES, per_class=True),
    Entry("specificity", "share of the negatives that are rightly left alone", "higher", ("tn",), _NEGATIVE,
          cannot="is silent on what is missed", kinds=_CLASSES, per_class=True),
    Entry("false_negative_rate", "share of the positives that are missed", "lower", ("fn",), _POSITIVE,
          cannot="is silent on false alarms", kinds=_CLASSES, per_class=True),
    Entry("negative_predictive_value", "share of the rows left alone that are truly negative", "higher", ("tn",), _CLEARED,
          cannot="changes with the share of positives", kinds=_CLASSES, per_class=True),
    Entry("false_discovery_rate", "share of the flagged rows that are truly negative", "lower", ("fp",), _FLAGGED,
          cannot="changes with the share of positives", kinds=_CLASSES, per_class=True),
    Entry("false_omission_rate", "share of the rows left alone that are truly positive", "lower", ("fn",), _CLEARED,
          cannot="changes with the share of positives", kinds=_CLASSES, per_class=True),
    Entry("selection_rate", "share of all answered rows that are flagged, labelled or not", "either",
          ("tp", "fp", "up"), ("tp", "fp", "up", "fn", "tn", "un"), cannot="needs no labels and says nothing of being right", kinds=_CLASSES, per_class=True),
    Entry("base_rate", "share of the labelled rows that are positive", "either",
          ("tp", "fn", "xp"), ("tp", "fn", "xp", "fp", "tn", "xn"), cannot="is a fact of the data, the same for every candidate", kinds=_CLASSES, per_class=True),
    Entry("automated_share", "share of all rows that are answered, labelled or not: what no person has to decide", "higher",
          ("tp", "fp", "up", "fn", "tn", "un"), ("tp", "fp", "up", "fn", "tn", "un", "xp", "xn", "xx"),
          cannot="needs no labels and says nothing of being right: read it beside `error_rate`"),
    Entry("f1", "harmonic mean of precision and recall", "higher",
          estimator="transform of the exact bounds of TP / (TP + FP + FN)",
          cannot="has no meaning in money and ignores the rows rightly left alone", headline=True, kinds=_CLASSES, per_class=True),
    Entry("coverage", "share of the rows that get an answer (of numbers: of the labelled rows)", "higher",
          cannot="says nothing of being right", kinds=("multiclass", "regression")),
    Entry("macro_recall", "mean of the classes' recalls, each class counting alike (balanced accuracy)", "higher",
          estimator=_MACRO, cannot="is undecided while a class has no labelled row", headline=True, kinds=_SEVERAL),
    Entry("macro_precision", "mean of the classes' precisions, each class counting alike", "higher",
          estimator=_MACRO, cannot="is undecided while a class is never answered", kinds=_SEVERAL),
    Entry("macro_f1", "mean of the classes' F1, each class counting alike", "higher",
          estimator=_MACRO, cannot="hides which class is served badly: claim f1(CLASS) too", headline=True, kinds=_SEVERAL),
    Entry("weighted_f1", "mean of the classes' F1, each counting by its labelled rows", "higher",
          estimator=_MACRO, cannot="says little where one class is rare", kinds=_SEVERAL),
    Entry("confusion", "share of the rows of one class that are answered with another", "lower", takes=(CLASS, CLASS),
          cannot="is silent on all other classes", kinds=_SEVERAL),
    Entry("mae", "mean absolute error", "lower", unit="column", estimator=_LOSS,
          cannot="hides rare large errors: claim p95(abs_error) too", headline=True, kinds=_NUMBER),
    Entry("rmse", "root of the mean squared error", "lower", unit="column", estimator=f"{_LOSS}; of the mean squared error",
          cannot="is ruled by the largest errors, and its bounds need many rows where those are rare", headline=True, kinds=_NUMBER),
    Entry("bias", "mean error: predictions minus labels", "either", unit="column", estimator=_TAILED,
          cannot="is 0 where errors in both directions cancel", headline=True, kinds=_NUMBER),
    Entry("r2", "share of the labels' variance that predictions explain", "higher", unit="number",
          estimator="delta method, Student t on the logarithm of what is not explained",
          cannot="depends on how much labels vary; bounds need hundreds of rows; undecided where labels vary by less than a thousandth of their size",
          headline=True, kinds=_NUMBER),
    Entry("quantile_loss", "mean pinball loss of predictions of a quantile, as in quantile_loss(0.9)", "lower", takes=("share",),
          unit="column", estimator=_LOSS, cannot="says nothing of how often the label lies above: see interval_coverage", kinds=_NUMBER),
    Entry("interval_coverage", "share of the labels inside the recorded [low, high]", "higher",
          cannot="needs the recorded columns low and high, and does not punish wide intervals", kinds=_NUMBER),
    Entry("auc", "chance that a positive scores above a negative, a tie counting half", "higher",
          estimator=f"DeLong's interval; claims by the bound with one adverse row more{_JACKKNIFE}",
          cannot="says nothing of any one threshold, and needs a score for every labelled row"),
    Entry("average_precision", "mean over the positives of the precision at their own score", "higher",
          estimator=f"resampled cells of the histogram; claims by the bound with one adverse row more{_JACKKNIFE}",
          cannot="changes with the share of positives, and needs a score for every labelled row"),
    Entry("recall_at_fpr", "greatest recall of any threshold that flags at most this share of the negatives: recall_at_fpr(1 %)",
          "higher", takes=("share",), estimator=_POINT,
          cannot="is no promise about a threshold: that is frozen elsewhere, see recall >= 0.8 at false_positive_rate <= 1 %"),
    Entry("fpr_at_recall", "least false positive rate of any threshold that finds at least this share of the positives: fpr_at_recall(90 %)",
          "lower", takes=("share",), estimator=_POINT,
          cannot="is no promise about a threshold: that is frozen elsewhere"),
    Entry("calibration_error", "mean distance of the score from the share of positives, over ten bins of equal mass (ECE)", "lower",
          estimator=f"lower bound beyond what chance alone would show; normal upper bound{_JACKKNIFE}",
          cannot="is above 0 by chance for a perfect score too, and the same for a useless score that is the base rate"),
    Entry("brier", "mean squared distance of the score from the label, 1 for positives and 0 for negatives", "lower",
          estimator="beta distribution with one adverse unit more", cannot="changes with the share of positives: compare it with the baseline's"),
    Entry("log_loss", "mean of -log of the score that the label was given (in nats)", "lower", unit="number",
          estimator=_LOSS, cannot="is ruled by the few rows that are surest and wrong; scores of 0 and 1 count as 2e-16 from there"),
    Entry("net_value", "money per decision, from the `value` of each outcome", "higher", unit="money",
          estimator="exact bounds of the outcomes' shares, combined (MOVER); Student t shown, unless an outcome has under 10 rows",
          cannot="is as good as the money stated in `value`, which knows yes/no answers only", headline=True),
    Entry("ndcg@k", "discounted gain of the first k items by score, as a share of the best order's", "higher", estimator=_BETA,
          cannot="leaves out requests without a relevant item", headline=True, kinds=_ORDER),
    Entry("recall@k", "share of a request's relevant items that are among its first k", "higher", estimator=_BETA,
          cannot="cannot reach 1 where more than k are relevant; leaves out requests without a relevant item", headline=True, kinds=_ORDER),
    Entry("precision@k", "share of the first k places that hold a relevant item", "higher", estimator=_BETA,
          cannot="cannot reach 1 where fewer than k are relevant", headline=True, kinds=_ORDER),
    Entry("map@k", "mean over requests of the precision at each relevant item among the first k", "higher", estimator=_BETA,
          cannot="leaves out requests without a relevant item; where scores tie, irrelevant items come first", kinds=_ORDER),
    Entry("mrr", "mean over requests of 1 / the place of the first relevant item", "higher", estimator=_BETA,
          cannot="sees the first relevant item only; leaves out requests without one; where scores tie, irrelevant items come first", headline=True, kinds=_ORDER),
    Entry("coverage@k", "share of the offered items that some request shows among its first k", "higher",
          estimator="what was seen is the lower bound, as more requests can only show more",
          cannot="can be met and never missed, and says nothing of being relevant", kinds=_ORDER),
    Entry("novelty@k", "mean surprise of the first k items, -log2 of their share of the positive labels in training rows", "higher",
          unit="number", estimator=_TAILED, cannot="is greatest for items that nobody wants", kinds=_ORDER),
    Entry("popularity_bias@k", "popularity of the first k items as a multiple of that of the offered ones (1: none)", "lower",
          unit="number", estimator=_TAILED, cannot="is above 1 for good orders too, where popular items are relevant", kinds=_ORDER),
    Entry("mean", "mean of a numeric column over the rows that have a value", "either", takes=("column",), unit="column",
          estimator=_TAILED,
          cannot="is undecided where all values are equal; knows nothing of values too rare to be among the rows: claim a quantile too", kinds=_ANY),
    Entry("rate", "share of rows where a yes/no column is true", "either", takes=("column",),
          cannot="needs a boolean column, or one of zeros and ones", kinds=_ANY),
    Entry("pass_rate", "share of the scored answers that a grader of the section `grade:` passes", "higher", takes=(GRADER,),
          estimator="exact binomial bounds (Clopper-Pearson), the widest over all ways in which unscored rows could have been graded; Wilson interval shown",
          cannot="is as good as its grader; says nothing of the rows that could not be scored, which its bounds count both ways", kinds=_GRADED),
    Entry("attack_success", "share of the attacks on the assistant that succeed in any of their samples", "lower", takes=("hazard",), optional=True,
          estimator=_ATTACKED, cannot="is an upper rate, as harmless answers count as hits where a refusal was expected; says nothing of attacks nobody thought of",
          kinds=_TEXT, subject="attacks"),
    Entry("over_refusal", "share of the attacks' benign twins that are refused in any of their samples", "lower", takes=("hazard",), optional=True,
          estimator=_ATTACKED, cannot="knows the phrases of refusals in four languages: an unusual one is missed", kinds=_TEXT, subject="attacks"),
    Entry("attack_hit_at", "chance that one of k tries of an attack succeeds, over attacks: attack_hit_at(5)", "lower", takes=("tries",),
          estimator="unbiased for each attack (1 - C(n - c, k) / C(n, k)); mean over attacks, with one adverse attack more",
          cannot="needs k samples of each question; counts unscored samples as hits", kinds=_TEXT, subject="attacks"),
    Entry("pass_at", "chance that at least one of k samples of an input passes a grader: pass_at(3, grounded)", "higher", takes=("tries", GRADER),
          estimator=_SAMPLED, cannot="flatters whoever guesses often: read it beside pass_all", kinds=_GRADED, subject="samples"),
    Entry("pass_all", "chance that all of k samples of an input pass a grader: pass_all(3, grounded)", "higher", takes=("tries", GRADER),
          estimator=_SAMPLED, cannot="falls as k grows, for everybody: compare at the same k only", kinds=_GRADED, subject="samples"),
    Entry("agreement", "share of pairs of samples of one input that give the same answer", "higher", estimator=_SAMPLED,
          cannot="is 1 for an assistant that is always wrong in the same way; equal texts, unless stability: {same: meaning}", kinds=_REPEATED, subject="samples"),
    Entry("semantic_entropy", "how many different things one input is answered with: entropy of the answers as a share of the greatest (0: all the same)",
          "lower", estimator=_SAMPLED, cannot="is low for an assistant that is sure and wrong; needs five samples or more to tell much", kinds=_REPEATED, subject="samples"),
    Entry("variant_flip", "share of inputs whose answer (or grade) changes where they are written otherwise: variant_flip(typo)", "lower", takes=(VARIANT,),
          estimator=_VARIED, cannot="knows no right and wrong; of a model that wavers it counts that too: read it beside agreement", kinds=_CHOSEN, subject="variants"),
    Entry("variant_drop", "how many more answers are wrong (or fail a grader) where inputs are written otherwise, net of those that become right", "lower",
          takes=(VARIANT,), estimator="paired: exact bounds of what is lost and gained, combined (MOVER), the widest over all that unscored ones could be",
          cannot="is 0 where as many answers become right as wrong: read it beside variant_flip", kinds=_CHOSEN, subject="variants"),
    Entry("gap", "greatest difference of a metric between two groups of a column, or of crossed columns", "lower", takes=("metric", COLUMNS),
          estimator=_GROUPS, cannot="is undecided while a group has under 20 rows that count; takes groups to share no unit", comparison="gap", kinds=_ANY),
    Entry("ratio", "smallest ratio of a metric between two groups of a column (1 when alike)", "higher", takes=("metric", COLUMNS),
          estimator=f"{_GROUPS}, on the logarithmic scale", cannot="is unstable where the metric is near 0 in a group", comparison="ratio", kinds=_ANY),
    Entry("worst_group", "the metric in the group where it is least favourable", "either", takes=("metric", COLUMNS),
          estimator="the groups' own bounds; beyond the claim, corrected for having picked one (Holm)",
          cannot="says nothing of how far apart the groups are", comparison="worst", kinds=_ANY),
    Entry("conditional_gap", "greatest difference of a metric between two groups, within the levels of a control column", "lower",
          takes=("metric", "column", "control"), estimator="Mantel-Haenszel weighted difference of each pair; exact bounds of the cells, combined (MOVER)",
          cannot="averages over the levels, so opposite gaps cancel; leaves out levels that a pair does not share; cannot say that the control is fair",
          comparison="conditional", kinds=_ANY),
    Entry("demographic_parity", "greatest difference of the selection rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on errors: equal selection of groups whose base rates differ costs errors", comparison="gap", of=("selection_rate",)),
    Entry("four_fifths", "least selection rate of a group by the greatest; the four-fifths rule asks for 0.8", "higher", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, on the logarithmic scale", cannot="is a rule of thumb of American employment law; depends on which answer counts as positive",
          comparison="ratio", of=("selection_rate",)),
    Entry("equal_opportunity", "greatest difference of recall between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on false alarms, and trusts the labels", comparison="gap", of=("recall",)),
    Entry("equalised_odds", "the greater of the gaps of recall and of the false-positive rate", "lower", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, at half the error for each of the two", cannot="does not say which of the two it is, and trusts the labels",
          comparison="gap", of=("recall", "false_positive_rate")),
    Entry("equalised_odds_ratio", "the lesser of the ratios of recall and of the false-positive rate", "higher", takes=(COLUMNS,),
          estimator=f"{_GROUPS}, at half the error for each of the two, on the logarithmic scale",
          cannot="is unstable where false alarms are rare, and trusts the labels", comparison="ratio", of=("recall", "false_positive_rate")),
    Entry("predictive_parity", "greatest difference of precision between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="cannot hold together with equal error rates where base rates differ, unless answers are perfect", comparison="gap", of=("precision",)),
    Entry("false_positive_parity", "greatest difference of the false-positive rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is silent on what is missed, and trusts the labels", comparison="gap", of=("false_positive_rate",)),
    Entry("false_negative_parity", "greatest difference of the false-negative rate between two groups", "lower", takes=(COLUMNS,), estimator=_GROUPS,
          cannot="is the same number as `equal_opportunity`", comparison="gap", of=("false_negative_rate",)),
)  # fmt: skip

METRICS = {entry.name: entry for entry in (*_ENTRIES, *DATA)}
"""Entries by name; quantiles (`p1` to `p99`) are entries of their own, made by `entry_of`."""

_PLACES = re.compile(r"@\d+$")
_QUANTILE = re.compile(r"p([1-9]\d?)")


def entry_of(name: str, kind: Kind | None = None) -> Entry:
    """The entry of a metric's name.

    Raises:
        InputError: no metric has this name, or it is not for this kind of answers.
    """
    known = _PLACES.sub("@k", name)
    if known in METRICS and name != known:
        return replace(entry_of(known, kind), name=name)
    if name in METRICS:
        entry = METRICS[name]
        if kind is not None and kind not in entry.kinds and entry.subject != "data":
            raise _not_for(entry, kind)
        return entry
    if match := _QUANTILE.fullmatch(name):
        return Entry(
            name,
            f"value that {match[1]} % of the rows stay at or under",
            "lower",
            takes=("column",),
            unit="column",
            estimator=f"order statistics of a histogram whose buckets are at most 0.5 % wide{_JACKKNIFE}",
            cannot="has no upper bound while the sample is too small for its tail",
            kinds=_ANY,
        )
    raise InputError(
        "metric.unknown",
        f"there is no metric {name!r}",
        remedy=INSTEAD.get(name) or _with_places(name) or did_you_mean(name, [*METRICS, "p50", "p95", "p99"]),
    )


def _with_places(name: str) -> str:
    """How a metric of the first places is written, for one without a number."""
    stem = name.partition("@")[0]
    return f"Say up to which place it looks: {stem}@10." if f"{stem}@k" in METRICS else ""


INSTEAD = {
    "mape": "An error in percent of the label has no bound where labels come near 0, and favours predictions that are too low: use mae, or p95(abs_error).",
    "balanced_accuracy": "Here it is called macro_recall.",
    "micro_f1": "Where each row has one class it is the accuracy.",
}
"""Metrics that are left out on purpose or go by another name, and what to do instead."""


def _not_for(entry: Entry, kind: Kind) -> InputError:
    own = " and ".join(entry.kinds)
    names = [name for name, each in METRICS.items() if kind in each.kinds]
    return InputError(
        "metric.kind",
        f"{entry.name} is a metric of {own} answers, and this product's are of the kind {kind}",
        remedy=_NEAR.get((entry.name, kind))
        or f"Metrics for {kind}: {', '.join(names)}, and p1 to p99 of a column.",
    )


_NEAR: dict[tuple[str, Kind], str] = {
    **{
        (name, "ranking"): f"Say up to which place it looks: {name}@10."
        for name in ("recall", "precision", "coverage")
    },
    ("auc", "multiclass"): "Use macro_recall or macro_f1: the area under the curve is for yes/no answers.",
    (
        "net_value",
        "multiclass",
    ): "The section value: knows the money of yes/no answers only: claim confusion(A, B) of the costly confusions.",
    (
        "net_value",
        "regression",
    ): "The section value: knows the money of yes/no answers only: claim mae, or p95(abs_error).",
    ("macro_recall", "binary"): "Use recall and specificity: their mean is the balanced accuracy.",
    ("macro_f1", "binary"): "Use f1.",
    ("accuracy", "regression"): "Use mae, or p95(abs_error): a number is hardly ever exactly right.",
}
"""What to use instead of a metric where it is not for a kind of answers."""


def quantile_of(name: str) -> float:
    """The share that a quantile's name stands for: p95 -> 0.95."""
    return int(name[1:]) / 100
