"""A stub of a chat endpoint that costs next to nothing itself: one thread, bytes made once, a fixed delay."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import Any

DELAY_S = 0.05
_HEAD = {"id": "stub", "object": "chat.completion.chunk", "created": 0, "model": "stub"}


def _event(**what: Any) -> str:
    return f"data: {json.dumps({**_HEAD, **what})}\n\n"


def _chunk(text: str) -> bytes:
    content = text.encode()
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


_FIRST = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n" + _chunk(
    _event(choices=[{"index": 0, "delta": {"role": "assistant", "content": "yes"}, "finish_reason": None}])
)
_REST = (
    _chunk(_event(choices=[{"index": 0, "delta": {"content": " indeed"}, "finish_reason": None}]))
    + _chunk(_event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}]))
    + _chunk(_event(choices=[], usage={"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}))
    + _chunk("data: [DONE]\n\n")
    + b"0\r\n\r\n"
)


def serve(listening: socket.socket) -> None:
    """Answer every question on this socket until the process ends."""
    asyncio.run(_serve(listening))


async def _serve(listening: socket.socket) -> None:
    server = await asyncio.start_server(_answer, sock=listening)
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Questions of one connection, one after the other."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
            await reader.readexactly(int(length.partition(b":")[2]))
            await asyncio.sleep(DELAY_S)
            writer.write(_FIRST)
            writer.write(_REST)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
