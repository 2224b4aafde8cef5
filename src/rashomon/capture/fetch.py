"""Fetching one URL that the user named.

In: a URL. Out: its bytes, final URL and headers. Never: an address of this machine or its network (unless settings
allow it), nor a second look-up between checking an address and connecting to it.
"""

import contextlib
import functools
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from rashomon.errors import CaptureError
from rashomon.settings import Settings

_MAX_REDIRECTS = 5
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back: the URL that answered, the bytes, and the media type and charset that it stated."""

    url: str
    raw: bytes
    media_type: str
    charset: str | None


def check_address(address: str, url: str) -> None:
    """Raise CaptureError `private_address` for loopback, private, link-local, multicast, reserved and unspecified
    addresses.

    >>> check_address("8.8.8.8", "http://example.org")
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        ip = inner or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else ip)
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        raise CaptureError("private_address", f"{ip} (fetched only with --allow-private-addresses)", source=url)


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Loading the certificates takes a tenth of a second: once is enough."""
    return ssl.create_default_context()


def _resolve(host: str, port: int, url: str) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CaptureError("unreachable", str(error), source=url) from error
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def fetch(url: str, settings: Settings) -> Fetched:
    """Fetch `url`, following at most five redirects, each checked anew; raises CaptureError with the reason."""
    deadline = time.monotonic() + settings.capture_timeout_s
    at = url
    for _ in range(_MAX_REDIRECTS + 1):
        answer = _fetch_once(at, url, settings, deadline)
        if isinstance(answer, Fetched):
            return answer
        try:
            at = urljoin(at, answer)
        except ValueError as error:
            raise CaptureError("invalid_url", str(error), source=url) from error
    raise CaptureError("too_many_redirects", source=url)


def _fetch_once(at: str, url: str, settings: Settings, deadline: float) -> Fetched | str:
    """One request: the answer, or where it redirects to."""
    try:
        parts = urlsplit(at)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        named = httpx.URL(at)
    except (ValueError, httpx.InvalidURL) as error:
        raise CaptureError("invalid_url", str(error), source=url) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CaptureError("unsupported_scheme", at, source=url)
    addresses = _resolve(parts.hostname, port, url)
    if not settings.allow_private_addresses:
        for address in addresses:
            check_address(address, url)
    watch = _Watch()
    request = httpx.Request(
        "GET",
        named.copy_with(host=addresses[0], fragment=None),
        headers={
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": settings.user_agent,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        },
        extensions={"sni_hostname": parts.hostname, "trace": watch.trace},
    )
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), watch.stop)
    timer.daemon = True
    timer.start()
    try:
        with httpx.Client(verify=_trusted(), timeout=settings.capture_timeout_s, trust_env=False) as client:
            answer = _answer(client, request, at, url, settings.max_page_bytes)
    except httpx.TimeoutException as error:
        raise CaptureError("timeout", str(error), source=url) from error
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        raise CaptureError("timeout" if watch.stopped else "unreachable", str(error), source=url) from error
    finally:
        timer.cancel()
    if watch.stopped:  # a body without a stated length looks whole when its connection is shut down
        raise CaptureError("timeout", source=url)
    return answer


def _answer(client: httpx.Client, request: httpx.Request, at: str, url: str, max_bytes: int) -> Fetched | str:
    response = client.send(request, stream=True)
    try:
        if response.is_redirect and "location" in response.headers:
            return str(response.headers["location"])
        if not response.is_success:
            reason = "not_found" if response.status_code in (404, 410) else "unreachable"
            raise CaptureError(reason, f"status {response.status_code}", source=url)
        raw = bytearray()
        for chunk in response.iter_bytes():
            raw += chunk
            if len(raw) > max_bytes:
                raise CaptureError("too_large", f"more than {max_bytes} bytes", source=url)
        kind = response.headers.get("content-type", "").split(";")[0].strip()
        return Fetched(at, bytes(raw), kind, response.charset_encoding)
    finally:
        response.close()


class _Watch:
    """Ends a connection at the deadline: an answer that drips byte by byte never runs into a read's own time-out."""

    def __init__(self) -> None:
        self.stopped = False
        self._socket: socket.socket | None = None

    def trace(self, event: str, info: dict[str, Any]) -> None:
        """Keep the socket when httpcore says that it is connected."""
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            self._socket = info["return_value"].get_extra_info("socket")

    def stop(self) -> None:
        """Shut the socket down, so that whoever reads from it goes on."""
        self.stopped = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
