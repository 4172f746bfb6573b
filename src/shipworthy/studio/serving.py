"""The pages on this machine: one address, for nobody else."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable
from importlib.resources import files
from typing import TYPE_CHECKING

from shipworthy.errors import InputError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

    from shipworthy.workbench.labelling.desk import Desk

HOST = "127.0.0.1"
PORT = 8317
NAMES = {HOST, "localhost"}


def serve(desk: Desk, port: int, told: Callable[[str], None]) -> None:
    """Serve the labelling page until Ctrl-C.

    Args:
        desk: the queue.
        port: where; 0 for any free one.
        told: hears the address once it answers.

    Raises:
        InputError: the libraries of the pages are not installed, or something else has the port.
    """
    try:
        import uvicorn
    except ImportError:
        raise InputError(
            "studio.missing",
            "the pages need libraries that are not installed",
            remedy="pip install 'shipworthy[studio]'",
        ) from None
    with listening(port) as taken:
        told(f"http://{HOST}:{taken.getsockname()[1]}/")
        uvicorn.Server(uvicorn.Config(pages(desk), log_level="warning", lifespan="off")).run(sockets=[taken])


def pages(desk: Desk) -> Starlette:
    """The application: the pages, their style and their script."""
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.base import BaseHTTPMiddleware
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    from shipworthy.studio.labelling import Pages

    static = Mount("/static", StaticFiles(directory=str(files("shipworthy.studio") / "static")))
    guard = Middleware(BaseHTTPMiddleware, dispatch=ours_only)
    return Starlette(routes=[*Pages(desk).routes, static], middleware=[guard])


async def ours_only(request: Request, answered: Callable[[Request], Awaitable[Response]]) -> Response:
    """Refuse what another site sends: a foreign name for this machine, or a form that is not of these pages."""
    from starlette.responses import PlainTextResponse

    host = request.headers.get("host", "")
    origin = request.headers.get("origin")
    foreign = origin is not None and origin != f"http://{host}"
    if host.rpartition(":")[0] not in NAMES or (request.method == "POST" and foreign):
        return PlainTextResponse("This page is for this machine only.\n", 403)
    return await answered(request)


def listening(port: int) -> socket.socket:
    """A socket of this machine alone on which connections may come.

    Raises:
        InputError: the port cannot be had.
    """
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()
    except (OSError, OverflowError) as error:
        found.close()
        raise InputError(
            "studio.port",
            f"the port {port} cannot be had: {getattr(error, 'strerror', None) or error}",
            remedy="Name another one: --port 0 takes any that is free.",
        ) from None
    return found
