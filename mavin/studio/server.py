"""Serving a film's studio: the socket, the address with its token, the browser, and a clean end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import os
import secrets
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from mavin.errors import MavinError, UsageError
from mavin.studio.app import Studio
from mavin.studio.security import is_loopback

__all__ = ["DEFAULT_PORT", "Address", "bind", "browser_here", "serve"]

DEFAULT_PORT = 8765
_TRIES = 20
_GRACE_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Address:
    """Where a studio is reached.

    Attributes:
        host: the address it listens on.
        port: its port.
        token: the secret that opens it.
    """

    host: str
    port: int
    token: str

    @property
    def origin(self) -> str:
        """``http://127.0.0.1:8765``; a server that listens everywhere is opened at this machine's own address."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - read, not bound
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address to open, with the token."""
        return f"{self.origin}/?token={self.token}"

    @property
    def is_everywhere(self) -> bool:
        """Whether it listens on all addresses of the machine."""
        try:
            return ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            return False

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which requests may ask for it."""
        names = {self.host.lower()}
        if is_loopback(self.host) or self.is_everywhere:
            names |= {"localhost", "127.0.0.1", "::1"}
        if self.is_everywhere:
            names |= {socket.gethostname().lower(), socket.getfqdn().lower()}
        return frozenset(names)


def bind(host: str, port: int | None) -> socket.socket:
    """A socket that listens; with no port given, on the first free one from :data:`DEFAULT_PORT` on.

    Raises:
        UsageError: if the address is none of this machine's, or the port that was asked for is taken.
    """
    if port is not None and not 0 <= port <= 65535:
        raise UsageError(f"--port must be 0 to 65535, got {port}.")
    wanted = [port] if port is not None else [*range(DEFAULT_PORT, DEFAULT_PORT + _TRIES), 0]
    try:
        family, _, _, _, place = socket.getaddrinfo(host, wanted[0], type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise UsageError(f"--host must be an address or a name of this machine, got {host!r}. Try 127.0.0.1.") from None
    for number in wanted:
        # The protocol is named because asyncio turns Nagle's algorithm off only where it is: it costs 40 ms an answer.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if os.name != "nt":  # there it would let two programs share a port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((place[0], number, *place[2:]))
            listener.listen(128)
            return listener
        except OSError as error:
            listener.close()
            if error.errno == errno.EADDRINUSE and port is None:
                continue
            if error.errno == errno.EADDRINUSE:
                message = f"Port {number} is in use. Leave --port away to take the next free one, or name another."
            elif isinstance(error, PermissionError):
                message = f"Port {number} may not be used without special rights. Name one above 1023."
            else:
                message = f"The studio cannot listen on {host} ({error.strerror or error}). Try --host 127.0.0.1."
            raise UsageError(message) from None
    raise MavinError("There is no free port on this machine.")


def browser_here() -> bool:
    """Whether a browser with windows can be opened: a terminal's own browser would take the terminal."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    return True


def _is_news(entry: logging.LogRecord) -> bool:
    """Whether a line of the server's log is worth reading: that a browser held a connection at the end is not."""
    return "timeout graceful shutdown exceeded" not in str(entry.msg)


class _Server(uvicorn.Server):
    """Ends its streams when it is asked to end; they would keep it waiting."""

    def __init__(self, config: uvicorn.Config, studio: Studio, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._studio = studio
        self._ready = ready
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and tells that it has."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if not self.should_exit:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal has come."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._studio.end)
        super().handle_exit(sig, frame)


def serve(
    film: Path,
    *,
    host: str = "127.0.0.1",
    port: int | None = None,
    opened: Callable[[Address], None] = lambda _address: None,
    browser: bool = True,
    llm: str | None = None,
    model: str | None = None,
    weights: str | None = None,
) -> None:
    """Serves a film's studio until Ctrl-C or a signal ends it.

    Args:
        film: the film's folder.
        host: the address to listen on.
        port: the port; the first free one from :data:`DEFAULT_PORT` on if left out.
        opened: called with the address, once it answers.
        browser: open it in a browser, if there is one.
        llm: the model for instructions that code does not read, as :func:`mavin.write` takes it.
        model: its name there.
        weights: a pipeline to render with, besides those that are installed.

    Raises:
        UsageError: if it cannot listen there.
        MavinError: if it cannot be started.
    """
    listener = bind(host, port)
    address = Address(host, listener.getsockname()[1], secrets.token_urlsafe(24))
    studio = Studio(film, llm=llm, model=model, weights=weights)

    def ready() -> None:
        opened(address)
        if browser and browser_here():
            # Some browsers return only when they are closed.
            threading.Thread(target=webbrowser.open, args=(address.url,), daemon=True).start()

    application = studio.guarded(
        token=address.token, hosts=address.hosts, port=address.port, any_address=address.is_everywhere
    )
    config = uvicorn.Config(
        application,
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=False,
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=_GRACE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = _Server(config, studio, ready)
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    try:
        # Ctrl-C comes back as KeyboardInterrupt once everything is closed.
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
    finally:
        listener.close()
    if not server.started:
        raise MavinError("The studio could not be started; what was written above says why.")
