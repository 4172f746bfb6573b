"""How evidence shows itself in a notebook: a plain table, without a library and without style sheets."""

from __future__ import annotations

from html import escape

from shipworthy.evidence.audit import Audit
from shipworthy.evidence.comparison import Comparison, Contest
from shipworthy.evidence.explanation import Explained, Explanation
from shipworthy.evidence.framing import Framing
from shipworthy.evidence.incident import Incident
from shipworthy.evidence.risks import RiskRegister
from shipworthy.evidence.values import Estimate, Evaluation, Verdict

_MARK = {"met": ("✓", "#1a7f37"), "missed": ("✗", "#b3261e"), "undecided": ("?", "#8a6100")}
_STANDING = {
    "better": _MARK["met"],
    "no_worse": ("≈", "#1a7f37"),
    "worse": _MARK["missed"],
    "undecided": _MARK["undecided"],
}
_ANSWER = {"ship": "Ship", "do_not_ship": "Do not ship", "not_yet": "Not yet"}


def evaluation_html(evaluation: Evaluation) -> str:
    """The verdicts of every candidate as an HTML table, the decision above it where there is one."""
    rows = [
        _row(candidate.name if first else "", verdict)
        for candidate in evaluation.candidates
        for first, verdict in _with_first(evaluation.rolled_up(candidate.name))
    ]
    titles = ("candidate", "requirement", "verdict", "value", "95 % interval", "rows", "needs more")
    head = "".join(f'<th style="text-align:left">{title}</th>' for title in titles)
    return (
        f"{_decision(evaluation)}<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def audit_html(audit: Audit) -> str:
    """Every finding as a row of an HTML table, red before amber before green."""
    mark = {"red": _MARK["missed"], "amber": _MARK["undecided"], "green": _MARK["met"]}
    titles = ("", "what", "found", "next step")
    head = "".join(f'<th style="text-align:left">{title}</th>' for title in titles)
    rows = []
    for colour, (symbol, shade) in mark.items():
        for each in audit.findings:
            if each.colour == colour:
                named = each.requirement or f"{each.sort} {each.about}"
                cells = "".join(f"<td>{escape(text)}</td>" for text in (named, each.what, each.next_step))
                rows.append(f'<tr><td style="color:{shade}">{symbol}</td>{cells}</tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def framing_html(framing: Framing) -> str:
    """The answer with its reason, and every rule as a row of an HTML table."""
    mark = {True: _MARK["met"], False: ("–", "#6b6b6b"), None: _MARK["undecided"]}
    rows = []
    for each in framing.rules:
        symbol, shade = mark[each.fired]
        cells = "".join(f"<td>{escape(text)}</td>" for text in (each.id, each.name, each.why))
        rows.append(f'<tr><td style="color:{shade}">{symbol}</td>{cells}</tr>')
    answer = escape(framing.answer.replace("_", " "))
    return f"<p><b>{answer}</b>: {escape(framing.because)}</p><table><tbody>{''.join(rows)}</tbody></table>"


def explanation_html(explanation: Explanation) -> str:
    """For each candidate what drives it, and the reasons of the row that was asked about, as HTML tables."""
    return "".join(_explained(each) for each in explanation.candidates)


def _explained(found: Explained) -> str:
    drivers = found.drivers.found if found.drivers else ()
    rows = [
        (" and ".join(each.columns), _number(each.importance), _ends(each.low, each.high)) for each in drivers
    ]
    reasons = found.row.reasons if found.row else None
    rows += [
        (each.code, _number(each.contribution), each.sentence)
        for each in (reasons.reasons if reasons else ())
    ]
    told = [found.cannot, found.rule, reasons.withheld if reasons else ""]
    words = "".join(f"<p>{escape(each)}</p>" for each in told if each)
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<p><b>{escape(found.candidate)}</b></p>{words}<table><tbody>{cells}</tbody></table>"


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{_number(low)} to {_number(high)}"


def contest_html(contest: Contest) -> str:
    """Every comparison with the champion as an HTML table."""
    titles = ("challenger", "metric", "verdict", "its value", contest.champion, "difference", "95 % interval")
    head = "".join(f'<th style="text-align:left">{escape(title)}</th>' for title in titles)
    rows = "".join(_compared(each) for each in contest.comparisons)
    why = f"<p>{escape(contest.champion)} is champion: {escape(contest.why)}</p>"
    return f"{why}<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _compared(found: Comparison) -> str:
    mark, colour = _STANDING[found.verdict]
    word = found.verdict.replace("_", " ")
    cells = (
        f"<b>{escape(found.challenger)}</b>",
        f"<code>{escape(found.metric)}</code>",
        f'<span style="color:{colour}" title="{escape(found.reason)}">{mark} {word}</span>',
        _number(found.challenger_value),
        _number(found.champion_value),
        _number(found.difference),
        f"{_number(found.low)} to {_number(found.high)}",
    )
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"


def _with_first(verdicts: tuple[Verdict, ...]) -> list[tuple[bool, Verdict]]:
    return [(at == 0, verdict) for at, verdict in enumerate(verdicts)]


def _row(candidate: str, verdict: Verdict) -> str:
    mark, colour = _MARK[verdict.verdict]
    estimate = verdict.estimate
    cells = (
        f"<b>{escape(candidate)}</b>",
        f"<code>{escape(verdict.requirement)}</code>",
        f'<span style="color:{colour}" title="{escape(verdict.reason)}">{mark} {verdict.verdict}</span>',
        _number(estimate.value if estimate else None),
        _interval(estimate),
        f"{estimate.n:,}" if estimate else "",
        f"{verdict.needs_more:,}" if verdict.needs_more is not None else "",
    )
    return "<tr>" + "".join(f'<td style="text-align:left">{cell}</td>' for cell in cells) + "</tr>"


def _interval(estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return ""
    return f"{_number(estimate.low)} to {_number(estimate.high)}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"


def _decision(evaluation: Evaluation) -> str:
    if evaluation.decision is None:
        return ""
    candidate = f" {escape(evaluation.decision.candidate)}" if evaluation.decision.candidate else ""
    because = "".join(f"<li>{escape(reason)}</li>" for reason in evaluation.decision.because)
    return f"<p><b>{_ANSWER[evaluation.decision.answer]}{candidate}</b></p><ul>{because}</ul>"


def register_html(register: RiskRegister) -> str:
    """Every risk as a row of an HTML table, triggered ones first, the tier of the law above it."""
    mark = {
        "triggered": _MARK["missed"],
        "not_measured": _MARK["undecided"],
        "quiet": _MARK["met"],
        "does_not_apply": ("–", "#6b6b6b"),
    }
    rows = []
    for standing, (symbol, shade) in mark.items():
        for each in register.rows:
            if each.standing == standing:
                cells = (each.id, each.name, each.why, each.owner or "")
                told = "".join(f"<td>{escape(text)}</td>" for text in cells)
                rows.append(f'<tr><td style="color:{shade}">{symbol}</td>{told}</tr>')
    tier = escape(register.triage.tier.replace("_", " "))
    return f"<p>EU AI Act, as far as known: <b>{tier}</b></p><table><tbody>{''.join(rows)}</tbody></table>"


def incident_html(incident: Incident) -> str:
    """What was said, and every step that was taken as a row of an HTML table."""
    rows = [
        f"<tr><td>{escape(step.step)}</td><td>{escape(step.by)}</td>"
        f"<td>{escape(' '.join(each.answer for each in step.said))}</td><td>{escape(step.verdict)}</td></tr>"
        for step in incident.steps
    ]
    state = "closed" if incident.closed else f"next: {incident.next_step}"
    return (
        f"<p><b>incident {incident.number}</b>, {state}: {escape(incident.what)}</p>"
        f"<table><tbody>{''.join(rows)}</tbody></table>"
    )
