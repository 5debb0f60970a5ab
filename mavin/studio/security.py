"""Who may speak with the studio, and what its answers allow a page to do.

request ──▶ Host is ours? ──▶ Origin is ours? ──▶ token in cookie or header? ──▶ app
               └── 403          └── 403             ├── in the address: cookie, and once more without it
                                                    └── 403

A page elsewhere can make a browser send requests here: it has another Origin.  A name elsewhere can be pointed at this
machine (DNS rebinding): it has another Host.  A program of another user of this machine can do both: it has no token.
"""

from __future__ import annotations

import html
import ipaddress
import json
import secrets
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_SECURITY_POLICY", "MAX_BODY_BYTES", "MAX_UPLOAD_BYTES", "Guard", "is_loopback"]

MAX_BODY_BYTES = 2 * 1024 * 1024
"""Largest body of a request that uploads nothing."""
MAX_UPLOAD_BYTES = 25 * 1024 * 1024
"""Largest picture or sound that is taken."""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_COOKIE_SECONDS = 30 * 24 * 3600


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Refuses what does not come from the studio's own page or from somebody who knows the token.

    Args:
        app: what it guards.
        token: the secret of the opened address.
        hosts: names under which the studio is reached, without port, in lower case.
        port: its port.
        any_address: whether every address in numbers is ours, for a server that listens on all of them; a name
            elsewhere cannot be one.
    """

    def __init__(self, app: ASGIApp, *, token: str, hosts: Iterable[str], port: int, any_address: bool = False) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(hosts)
        self._port = port
        self._any_address = any_address
        # Cookies are sent to every port of a machine; two studios must not take each other's.
        self._cookie = f"mavin-studio-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or lets through."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # no web sockets here

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                # The page's own files are asked about each time, so that an upgrade never mixes old with new ones.
                is_page = scope["path"].startswith("/static/")
                headers.setdefault("cache-control", "no-cache" if is_page else "no-store")
            await send(message)

        answer = self._answer(scope)
        await (answer or self._app)(scope, receive, guarded)

    def _answer(self, scope: Scope) -> Response | None:
        """What to answer at once, ``None`` for a request that may pass."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if len(headers.getlist("host")) != 1 or not self._is_own(host):
            return _refusal(f"The Host must be the studio's own address, got {host[:100]!r}.")
        origin = headers.get("origin")
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            return _refusal(f"The Origin must be the studio's own, got {origin[:100]!r}.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and not self._is_arrival(scope):
            return _refusal("The studio answers its own page only, got a request from another site.")
        if self._knows_token(headers):
            return self._without_token(scope) if self._is_arrival(scope) else _too_large(scope)
        if self._is_arrival(scope):
            return self._welcome(scope)
        return _refusal(
            "The studio must be opened with the address that `mavin studio` printed, with its token. "
            "Open that address again."
        )

    def _is_own(self, host: str) -> bool:
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if parts.username is not None or parts.path or parts.query or parts.fragment or (port or 80) != self._port:
            return False
        if name in self._hosts:
            return True
        try:
            return self._any_address and bool(ipaddress.ip_address(name))
        except ValueError:
            return False

    def _is_arrival(self, scope: Scope) -> bool:
        """Whether somebody opens the address with the token in it."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"] != "/":
            return False
        given = dict(parse_qsl(scope["query_string"].decode("latin-1"))).get("token", "")
        return self._is_token(given)

    def _is_token(self, given: str) -> bool:
        return secrets.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _knows_token(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self._is_token(given.strip()):
            return True
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        return self._cookie in cookies and self._is_token(cookies[self._cookie].value)

    def _without_token(self, scope: Scope) -> Response:
        rest = [pair for pair in parse_qsl(scope["query_string"].decode("latin-1")) if pair[0] != "token"]
        target = f"/?{urlencode(rest)}" if rest else "/"
        if Headers(scope=scope).get("sec-fetch-site", "none") in ("none", "same-origin"):
            return RedirectResponse(target, status_code=303)
        # A strict cookie does not go along a way that began at another site, such as a terminal in a web page; a
        # way that begins at our own page does.
        text = f'<!doctype html><title>MAVIN</title><meta http-equiv="refresh" content="0;url={html.escape(target)}">'
        return Response(text, media_type="text/html")

    def _welcome(self, scope: Scope) -> Response:
        """The cookie, and the page without the token in its address, where histories and screenshots would show it."""
        answer = self._without_token(scope)
        answer.set_cookie(
            self._cookie, self._token, max_age=_COOKIE_SECONDS, path="/", httponly=True, samesite="strict"
        )
        return answer


def _too_large(scope: Scope) -> Response | None:
    """Refuses a body that says that it is too large; one that does not say is counted while it is read."""
    most = MAX_UPLOAD_BYTES if scope["method"] == "PUT" else MAX_BODY_BYTES
    given = Headers(scope=scope).get("content-length", "0")
    if given.isascii() and given.isdigit() and int(given) > most:
        return _problem(413, "too_large", f"A body must have at most {most // 1024**2} MB here, got {given} bytes.")
    return None


def _refusal(message: str) -> Response:
    return _problem(403, "forbidden", message)


def _problem(status: int, code: str, message: str) -> Response:
    body: dict[str, object] = {"code": code, "message": message, "diagnostics": [], "locks": [], "clashes": []}
    return Response(json.dumps(body | {"film": None}), status, media_type="application/json")
