"""What each sort of finding means, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """What the counted rows are (after a number and the word rows), and what to do where a claim about them is not met."""

    rows: str
    next_step: str


ADVICE = {
    "rows": Advice("", "Collect more rows; shipworthy plan says how many each claim needs."),
    "positives": Advice("are positive", "Collect or label more positive rows; shipworthy plan says how many each claim needs."),
    "labelled": Advice("have no label", "Label them, or say where their true answers come from."),
    "missing": Advice("have no value", "Ask whoever fills the column why; leave it out if it cannot be filled."),
    "duplicates": Advice("repeat another row", "Find what writes them twice, and drop the copies: they count one case several times."),
    "duplicate_ids": Advice("share their id with another row", "Give each row an id of its own, or name what tells them apart with repeats: COLUMN."),
    "conflicting_labels": Advice("have the same inputs as a row with another label", "Have a second person label them; add the column that tells them apart."),
    "out_of_range": Advice("have a value that contract.yaml does not allow", "Correct them, or change contract.yaml if they are right."),
    "leaked_rows": Advice("are test rows that repeat a training row", "Drop the copies, or split so that they stay together (by: unit)."),
    "leaked_units": Advice("are test rows of a unit that has training rows too", "Split by unit, so that no unit is on both sides."),
    "label_lag": Advice("", "Ask why labels take so long: what is judged now is as old as that."),
    "leak_auc": Advice("", "Ask whether it is known before the answer; if not, keep it from models (features:)."),
    "shift": Advice("", "Add rows of the kinds that are short, or weight rows (weight: COLUMN) so that they count as in production."),
    "label_noise": Advice("are labelled otherwise when they are labelled again", "Have labelled rows labelled again without showing the label: shipworthy label --take 100 --by again."),
    "personal": Advice("seem to hold personal data", "Take them out, or state what allows holding them (data.examples.basis)."),
    "near_duplicates": Advice("nearly repeat another one", "Find what writes them twice, and keep one of each: they count one case several times."),
    "damaged": Advice("are damaged", "Read the source in its own encoding, and mend what writes it."),
    "leaked_texts": Advice("are test rows whose text nearly repeats one of another part", "Drop the copies, or split so that they stay together (by: unit)."),
    "freshness": Advice("", "Bring newer rows: the world may have changed since."),
}  # fmt: skip
"""By the metric of the claim."""
