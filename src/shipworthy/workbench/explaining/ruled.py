"""A rule explained: it explains itself, part by part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shipworthy.evidence.explanation import Explained, Replied, RulePart
from shipworthy.explain.reasons import shown_value
from shipworthy.query.one_row import rule_on_rows
from shipworthy.query.pool import column_values, mixed
from shipworthy.query.rule_parts import parts_on, rule_parts
from shipworthy.spec.task import class_text
from shipworthy.workbench.answering import rule_of
from shipworthy.workbench.answering.own import rule_version
from shipworthy.workbench.explaining.of_row import Speaker, mistakes_of, of_row
from shipworthy.workbench.explaining.replying import cutter

if TYPE_CHECKING:
    from shipworthy.explain.blend import Ints
    from shipworthy.query.rule import Rule
    from shipworthy.spec.model import Candidate
    from shipworthy.workbench.explaining.replying import Cutter
    from shipworthy.workbench.explaining.rows import Rows
    from shipworthy.workbench.session import Session


def ruled(session: Session, name: str, candidate: Candidate, rows: Rows) -> Explained:
    """The rule, and for a row which of its parts hold.

    Raises:
        InputError: the rule cannot be read.
    """
    rule, version = rule_of(session, candidate), rule_version(candidate)
    cut = cutter(session, class_text(session.product.predicts.positive), name, version)
    speaker = _speaker(session, rule, cut, rows)
    wrong = mistakes_of(session, speaker, rows)
    explained = Explained(name, "rule", version, rule=rule.text, mistakes=wrong)
    if rows.row is None:
        return explained
    told = of_row(session.product, speaker, rows, rows.row)
    scored = told.replied.score is not None
    parts = rule_parts(rule)
    found = parts_on(session.local, parts, rows.pool.slice(rows.row, 1))
    told = replace(
        told,
        parts=tuple(RulePart(part.text, _plain(value)) for part, value in zip(parts, found, strict=True)),
        threshold=told.threshold if scored else None,
    )
    return replace(explained, row=told, notes=cut.notes if scored else ())


def _plain(value: Any) -> bool | float | str | None:
    return value if isinstance(value, bool | float | None) else shown_value(value)


def _speaker(session: Session, rule: Rule, cut: Cutter, rows: Rows) -> Speaker:
    def replied(origin: Ints) -> list[Replied]:
        # A rule of no column answers every row alike.
        table = mixed(rows.pool, rule.columns, origin) if rule.columns else rows.pool.slice(0, len(origin))
        return [_reply(session, cut, each) for each in rule_on_rows(session.local, rule, table, session.task)]

    values = column_values(rows.pool, rule.columns)
    turns = session.task.kind in ("binary", "multiclass")
    return Speaker(rule.columns, values, replied, cut.threshold, turns)


def _reply(session: Session, cut: Cutter, value: Any) -> Replied:
    if session.task.kind != "binary":
        return Replied(
            None,
            shown_value(value) if session.task.kind != "multiclass" or value is None else class_text(value),
        )
    if isinstance(value, bool):
        return Replied(None, cut.positive if value else f"not {cut.positive}")
    return cut.replied([None if value is None else float(value)])[0]
