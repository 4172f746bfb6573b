"""Rules F6 to F9: a predictive model, a generative one, a cascade of two, or a person with help."""

from __future__ import annotations

from shipworthy.frame.amount import exactly
from shipworthy.frame.asking import below, not_known, says
from shipworthy.frame.fact import Fact, all_of, any_of, opposite
from shipworthy.frame.inputs import Inputs
from shipworthy.frame.readying import labels_short
from shipworthy.frame.saying import counted, money, number, percent
from shipworthy.frame.worth import answers_per_month


def predictive(given: Inputs) -> Fact:
    """F6: a fixed output, enough labels that keep up, a rule that falls short or is hard to keep, and mistakes that can be borne."""
    return all_of(
        says(
            given,
            "output",
            "fixed",
            "the answer is one of a fixed set or a number",
            "the answer is open text",
        ),
        opposite(labels_short(given)),
        says(
            given,
            "labels_keep_up",
            "yes",
            _continuous(given),
            "the set of answers changes faster than labels arrive",
        ),
        rule_is_hard(given),
        mistakes_can_be_borne(given),
    )


def _continuous(given: Inputs) -> str:
    """That labels keep up, and whether to go on labelling."""
    half_life, months = given.amount("drift_half_life"), given.amount("months")
    if half_life.below(months):
        return f"labels keep up, and must go on coming: what is learnt halves in {counted(half_life)} months"
    return "labels keep up"


def rule_is_hard(given: Inputs) -> Fact:
    """The best rule misses a requirement, or is edited too often."""
    edits, many = given.amount("rule_edits"), given.amount("many_edits")
    told = f"a rule needs {counted(edits)} edits a month, {number(many.low)} are many"
    short = says(
        given, "rule_suffices", "no", "the best rule misses a requirement", "a rule meets every requirement"
    )
    if given.word("rule_suffices") == "undecided":
        short = Fact(None, "whether the best rule misses a requirement is undecided", ("rule_suffices",))
    return any_of(short, opposite(below(edits, many, told, told)))


def mistakes_can_be_borne(given: Inputs) -> Fact:
    """Mistakes are caught, or can be undone and are neither grave nor of legal effect."""
    return any_of(
        says(given, "mitigated", "yes", "mistakes are caught before they do harm", "mistakes are not caught"),
        all_of(
            says(given, "reversible", "yes", "what is done can be undone", "what is done cannot be undone"),
            says(given, "legal_effect", "no", "no legal effect", "answers have legal effects"),
            says(
                given, "high_stakes", "no", "one mistake does no great harm", "one mistake can do great harm"
            ),
        ),
    )


def generative(given: Inputs) -> Fact:
    """F7: open text, or answers that change faster than labels arrive, within the budget. What is not proved of it makes it a draft."""
    return all_of(_needs_generation(given), opposite(_breaks_budget(given)))


def _needs_generation(given: Inputs) -> Fact:
    return any_of(
        says(
            given, "output", "open", "the answer is open text", "the answer is one of a fixed set or a number"
        ),
        says(
            given,
            "labels_keep_up",
            "no",
            "the set of answers changes faster than labels arrive",
            "labels keep up with the set of answers",
        ),
    )


def _breaks_budget(given: Inputs) -> Fact:
    month, budget = answers_per_month(given), given.amount("budget")
    told = f"all answers cost {money(month, given.currency)} a month, {money(budget, given.currency)} are allowed"
    return below(budget, month, told, told)


def not_proved(given: Inputs) -> tuple[str, ...]:
    """What keeps a generated answer a draft: each thing that is missing, or that nobody knows."""
    slow = given.amount("latency_budget").below(given.amount("latency"))
    lacking = {
        "grounding": "a corpus to check answers against",
        "checker": "an automatic check",
        "judge": "a calibrated judge",
        "misuse_bounded": "a bound on misuse",
    }
    found = [what for name, what in lacking.items() if given.word(name) != "yes"]
    return (*found, *(() if slow is False else ("answers within the time that is allowed",)))


def cascade(given: Inputs) -> Fact:
    """F8: only generation will do and it breaks the budget, so a cheap model answers first and passes on what it is unsure of."""
    return all_of(_needs_generation(given), _breaks_budget(given), _share_to_pass_on(given))


def _share_to_pass_on(given: Inputs) -> Fact:
    """The greatest share of decisions that the dear model may see: (budget per decision - cheap) / dear."""
    volume, budget = given.amount("volume"), given.amount("budget")
    cheap, dear = given.amount("cheap_cost"), given.amount("cost_per_decision")
    missing = sorted(volume.missing | budget.missing | cheap.missing | dear.missing)
    if missing:
        return not_known(*missing)
    left = budget - volume * cheap
    unable = f"even the cheap model costs {money(volume * cheap, given.currency)} a month"
    all_dear = max(volume.high * dear.high, 1e-300)
    share = percent(min(max(left.low / all_dear, 0.0), 1.0))
    able = f"the cheap model may pass on {share} of decisions to the dear one"
    return below(exactly(0.0), left, able, unable)


def person_decides(given: Inputs) -> Fact:
    """F9: irreversible, of legal effect, of high stakes, or work that people value."""
    return any_of(
        says(given, "reversible", "no", "what is done cannot be undone", "what is done can be undone"),
        says(given, "legal_effect", "yes", "answers have legal effects", "no legal effect"),
        says(given, "high_stakes", "yes", "one mistake can do great harm", "one mistake does no great harm"),
        says(given, "valued_work", "yes", "people value doing it", "nobody is stated to miss doing it"),
    )
