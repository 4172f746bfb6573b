"""A desk's page, served as the program serves it."""

from __future__ import annotations

import threading
from contextlib import contextmanager

import uvicorn

from shipworthy.studio.serving import listening, pages


@contextmanager
def served(desk):
    """The address of the page of a desk, while it is served."""
    socket = listening(0)
    server = uvicorn.Server(uvicorn.Config(pages(desk), lifespan="off", log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    yield f"http://127.0.0.1:{socket.getsockname()[1]}/"
    server.should_exit = True
    thread.join(20)
    socket.close()
