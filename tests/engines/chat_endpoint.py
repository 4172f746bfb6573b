"""An endpoint of the OpenAI chat protocol that answers by rule and fails on request: what real ones do on bad days."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

FAILURES = {
    "rate_limit": (429, "too many requests"), "quota": (429, "no credit left"), "server": (500, "out of memory"),
    "not_found": (404, "no model of that name"), "context": (400, "the prompt exceeds the context of 4096 tokens"),
    "key": (401, "wrong key"), "busy": (503, "busy"),
}  # fmt: skip


@dataclass
class Endpoint:
    """The server's side: what it does next, and what it was asked.

    `failing` says how often each failure is still to happen, oldest first; `reply` gives the text for the last message.
    """

    base_url: str = ""
    delay_s: float = 0.0
    retry_after: str = "0.01"
    failing: list[str] = field(default_factory=list)
    replies: Mapping[str, str] = field(default_factory=dict)
    tops: Mapping[str, float] = field(default_factory=dict)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    answered: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, said: str) -> str:
        """The first reply whose word stands in the message, else yes for free things and no for others."""
        for word, text in self.replies.items():
            if word in said:
                return text
        return "yes" if "free" in said else "no"


@contextmanager
def running_endpoint() -> Iterator[Endpoint]:
    """An endpoint on a port of its own."""
    endpoint = Endpoint()

    class Handler(_Handler):
        shared = endpoint

    server = _Server(("127.0.0.1", 0), Handler)
    endpoint.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that left."""


class _Handler(BaseHTTPRequestHandler):
    shared: Endpoint
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer one question, or fail as asked."""
        shared = self.shared
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with shared.lock:
            shared.bodies.append(body)
            shared.keys.append(self.headers.get("Authorization", ""))
            shared.at_once += 1
            shared.most_at_once = max(shared.most_at_once, shared.at_once)
            failure = shared.failing.pop(0) if shared.failing else ""
        try:
            time.sleep(shared.delay_s)
            self._respond(body, failure)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with shared.lock:
                shared.at_once -= 1

    def _respond(self, body: dict[str, Any], failure: str) -> None:
        said = body["messages"][-1]["content"]
        if "too long" in said:
            failure = "context"
        if failure == "slow":
            time.sleep(1.0)
        elif failure in FAILURES:
            self._refuse(*FAILURES[failure], code="insufficient_quota" if failure == "quota" else failure)
            return
        text = self.shared.reply(said)
        pieces = [text[at : at + 4] for at in range(0, len(text), 4)] or [""]
        events = [_event(piece, self.shared.tops if not at else {}) for at, piece in enumerate(pieces)]
        if failure == "garbage":
            events = ['data: {"choices": [oops\n\n']
        elif failure != "cut":
            usage = {"prompt_tokens": len(said) // 4 + 1, "completion_tokens": len(pieces)}
            end = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
            events += [_data(end), _data({"choices": [], "usage": usage}), "data: [DONE]\n\n"]
        self._stream(events, said, cut=failure == "cut")

    def _stream(self, events: list[str], said: str, *, cut: bool) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        written = "".join(events).encode()
        if not cut:
            with self.shared.lock:
                self.shared.answered[said] += 1  # before the client has read it and goes on
        self.wfile.write(f"{len(written):x}\r\n".encode() + written + b"\r\n")
        if cut:
            self.close_connection = True
            return
        self.wfile.write(b"0\r\n\r\n")

    def _refuse(self, status: int, message: str, code: str) -> None:
        echoed = self.headers.get("Authorization", "")
        text = json.dumps({"error": {"message": f"{message} ({echoed})", "code": code}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        if status == 429:
            self.send_header("Retry-After", self.shared.retry_after)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def _event(piece: str, tops: Mapping[str, float]) -> str:
    choice: dict[str, Any] = {"index": 0, "delta": {"content": piece}, "finish_reason": None}
    if tops:
        found = [{"token": token, "logprob": log, "bytes": None} for token, log in tops.items()]
        choice["logprobs"] = {"content": [{**found[0], "top_logprobs": found}]}
    return _data({"choices": [choice]})


def _data(event: Mapping[str, Any]) -> str:
    head = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "stub"}
    return f"data: {json.dumps({**head, **event})}\n\n"
