"""Small files in the documented forms of other evaluation tools, written by hand: three mails, one of which crashed.

promptfoo: EvaluateSummaryV3 of `src/types/index.ts`, and the CSV of `src/util/eval/evalTableUtils.ts` (0.121).
Inspect: EvalLog version 2 of `src/inspect_ai/log/_log.py` (0.3.150). LM Evaluation Harness: `save_results_samples` of
`lm_eval/loggers/evaluation_tracker.py` (0.4.9). OpenAI Evals: LocalRecorder of `evals/record.py` (3.0).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

Entry = dict[str, Any]


def json_bytes(value: Any) -> bytes:
    return json.dumps(value).encode()


def lines_of(values: Sequence[Any]) -> bytes:
    return b"".join(json_bytes(value) + b"\n" for value in values)


def promptfoo_entry(
    test: int, output: str | None, *, prompt: int = 0, provider: str = "small", **more: Any
) -> Entry:
    """One result: `output` None is a crash."""
    crashed = output is None
    entry: Entry = {
        "promptIdx": prompt,
        "testIdx": test,
        "testCase": {"vars": {"mail": f"text {test}", "key": f"m{test}"}, "assert": [{"type": "equals"}]},
        "promptId": "p",
        "provider": {"id": f"openai:{provider}", "label": provider},
        "prompt": {"raw": "Is it spam? {{mail}}", "label": f"prompt {prompt}"},
        "vars": {"mail": f"text {test}", "key": f"m{test}"},
        "response": {"error": "429 rate limit"} if crashed else {"output": output, "cached": False},
        "error": "429 rate limit" if crashed else None,
        "failureReason": 2 if crashed else 0,
        "success": not crashed,
        "score": 0 if crashed else 1,
        "latencyMs": 0 if crashed else 100 + test,
        "cost": 0 if crashed else 0.002,
        "gradingResult": None
        if crashed
        else {
            "pass": True,
            "score": 1,
            "reason": "ok",
            "componentResults": [
                {"pass": True, "score": 1, "assertion": {"type": "equals", "metric": "right word"}}
            ],
        },
        "namedScores": {},
    }
    return {**entry, **more}


def promptfoo(entries: Sequence[Entry], version: Any = 3) -> Entry:
    """The document of `promptfoo eval --output results.json`."""
    return {
        "evalId": "eval-abc",
        "results": {
            "version": version,
            "timestamp": "2026-11-01T10:00:00Z",
            "results": [*entries],
            "prompts": [],
            "stats": {},
        },
        "config": {},
        "shareableUrl": None,
        "metadata": {"promptfooVersion": "0.121.0"},
    }


def inspect_sample(name: str, answer: str | None, *, epoch: int = 1, score: Any = "C", **more: Any) -> Entry:
    """One sample: `answer` None is a crash."""
    choices = [{"message": {"role": "assistant", "content": f"ANSWER: {answer}"}, "stop_reason": "stop"}]
    sample: Entry = {
        "id": name,
        "epoch": epoch,
        "input": f"Is {name} spam?",
        "target": "1",
        "messages": [],
        "output": {
            "model": "openai/small",
            "choices": choices if answer is not None else [],
            "completion": "",
        },
        "scores": {"match": {"value": score, "answer": answer}} if answer is not None else None,
        "metadata": {"key": name},
        "model_usage": {
            "openai/small": {"total_tokens": 9, "total_cost": 0.004},
            "openai/judge": {"total_cost": 0.5},
        },
        "total_time": 3.0,
        "working_time": 1.5,
        "error": None if answer is not None else {"message": "the sandbox died", "traceback": ""},
    }
    return {**sample, **more}


def inspect_header(version: int = 2, status: str = "success") -> Entry:
    return {
        "version": version,
        "status": status,
        "eval": {"task": "spam", "model": "openai/small", "created": "2026-11-01T10:00:00Z"},
        "plan": {"steps": []},
    }


def inspect_json(samples: Sequence[Entry], **header: Any) -> bytes:
    return json_bytes({**inspect_header(**header), "samples": [*samples]})


def inspect_archive(samples: Sequence[Entry], *, ended: bool = True, **header: Any) -> bytes:
    """An `.eval` file; of a run that did not end it has a journal and no header."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        start = {key: value for key, value in inspect_header(**header).items() if key != "status"}
        archive.writestr("_journal/start.json", json.dumps(start))
        for sample in samples:
            archive.writestr(f"samples/{sample['id']}_epoch_{sample['epoch']}.json", json.dumps(sample))
        if ended:
            archive.writestr("header.json", json.dumps(inspect_header(**header)))
    return data.getvalue()


def lm_eval_line(
    number: int, response: str, *, filtered: str = "none", right: float = 1.0, **more: Any
) -> Entry:
    line: Entry = {
        "doc_id": number,
        "doc": {"mail": f"text {number}", "key": f"m{number}"},
        "target": "1",
        "arguments": {"gen_args_0": {"arg_0": "Is it spam?", "arg_1": {"until": ["."]}}},
        "resps": [[f"I say {response}"]],
        "filtered_resps": [response],
        "filter": filtered,
        "metrics": ["exact_match"],
        "doc_hash": "d",
        "prompt_hash": "p",
        "target_hash": "t",
        "exact_match": right,
    }
    return {**line, **more}


def openai_evals(samples: Mapping[str, str | None], *, ended: bool = True) -> list[Entry]:
    """The events of a run by sample; None is a crash."""
    lines: list[Entry] = [{"spec": {"completion_fns": ["small"], "eval_name": "spam.dev.v0", "run_id": "r"}}]
    for sample, said in samples.items():
        found: list[tuple[str, Entry]] = [("error", {"type": "Timeout", "message": "no reply"})]
        if said is not None:
            match = {"correct": said == "1", "expected": "1", "picked": said, "sampled": said}
            found = [
                ("sampling", {"prompt": "Is it spam?", "sampled": [said]}),
                ("match", match),
                ("metrics", {"score": 1.0}),
            ]
        lines += [
            {
                "run_id": "r",
                "event_id": len(lines) + at,
                "sample_id": sample,
                "type": kind,
                "data": data,
                "created_by": "",
                "created_at": "",
            }
            for at, (kind, data) in enumerate(found)
        ]
    return [*lines, {"final_report": {"accuracy": 0.5}}] if ended else lines
