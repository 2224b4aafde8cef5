"""Fetching one URL that the user named.

In: a URL. Out: its bytes, final URL and headers. Never: an address of this machine or its network (unless settings
allow it), nor a second look-up between checking an address and connecting to it.
"""

import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from rashomon.errors import CaptureError
from rashomon.settings import Settings

_MAX_REDIRECTS = 5


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
        ip = inner or ip
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        raise CaptureError("private_address", str(ip), source=url)


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
        at = urljoin(at, answer)
    raise CaptureError("too_many_redirects", source=url)


def _fetch_once(at: str, url: str, settings: Settings, deadline: float) -> Fetched | str:
    """One request: the answer, or where it redirects to."""
    parts = urlsplit(at)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise CaptureError("unsupported_scheme", at, source=url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    addresses = _resolve(parts.hostname, port, url)
    if not settings.allow_private_addresses:
        for address in addresses:
            check_address(address, url)
    target = httpx.URL(at).copy_with(host=addresses[0])
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": settings.user_agent, "Accept-Encoding": "gzip"}
    try:
        with (
            httpx.Client(
                verify=ssl.create_default_context(), timeout=settings.capture_timeout_s, trust_env=False
            ) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": parts.hostname}) as response,
        ):
            if response.is_redirect and "location" in response.headers:
                return str(response.headers["location"])
            if response.status_code >= 400:
                raise CaptureError(
                    "not_found" if response.status_code in (404, 410) else "unreachable",
                    f"status {response.status_code}",
                    source=url,
                )
            raw = bytearray()
            for chunk in response.iter_bytes():
                raw += chunk
                if len(raw) > settings.max_page_bytes:
                    raise CaptureError("too_large", f"more than {settings.max_page_bytes} bytes", source=url)
                if time.monotonic() > deadline:
                    raise CaptureError("timeout", source=url)
            kind = response.headers.get("content-type", "").split(";")[0].strip()
            return Fetched(at, bytes(raw), kind, response.charset_encoding)
    except httpx.TimeoutException as error:
        raise CaptureError("timeout", str(error), source=url) from error
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
        raise CaptureError("unreachable", str(error), source=url) from error
