"""Sessions: who is at the screen, in a cookie that only this process can have written.

In: a cookie's value, the time. Out: a `Session`, a cookie's value. Never: a session past its end, nor one kept by the
server: when the process ends, so do they all.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, replace

import msgspec

from rashomon.web.options import WebOptions

COOKIE = "rashomon"
_SIGNATURE_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """`who` is the reviewer's name as they gave it; times in seconds since 1970; `entered`: they gave the token."""

    id: str
    began: int
    seen: int
    who: str = ""
    entered: bool = False


class SessionKeeper:
    """Reads and writes session cookies with a key of this process."""

    def __init__(self, options: WebOptions) -> None:
        self._key = secrets.token_bytes(32)
        self._options = options

    def begin(self, now: int) -> Session:
        """A new session."""
        return Session(secrets.token_urlsafe(18), now, now)

    def read(self, cookie: str | None, now: int) -> Session | None:
        """The session of a cookie; None if it is not ours, or is over."""
        if not cookie:
            return None
        try:
            packed = base64.urlsafe_b64decode(cookie.encode("ascii"))
            signature, body = packed[:_SIGNATURE_BYTES], packed[_SIGNATURE_BYTES:]
            if not hmac.compare_digest(signature, self._sign(b"session", body)):
                return None
            session = msgspec.json.decode(body, type=Session)
        except (ValueError, UnicodeError, msgspec.DecodeError):
            return None
        idle, age = now - session.seen, now - session.began
        return session if idle <= self._options.idle_s and age <= self._options.session_s else None

    def write(self, session: Session, now: int) -> str:
        """The cookie's value for a session that was seen now."""
        body = msgspec.json.encode(replace(session, seen=now))
        return base64.urlsafe_b64encode(self._sign(b"session", body) + body).decode("ascii")

    def csrf(self, session: Session) -> str:
        """What every form of this session carries."""
        return base64.urlsafe_b64encode(self._sign(b"csrf", session.id.encode())).decode("ascii").rstrip("=")

    def is_csrf(self, session: Session, given: str) -> bool:
        """Whether a form came from a page that this session was shown."""
        return hmac.compare_digest(self.csrf(session).encode(), given.encode("utf-8", "replace"))

    def viewer(self, session: Session) -> str:
        """A digest that stands for the session where views are counted."""
        return self._sign(b"viewer", session.id.encode()).hex()[:16]

    def _sign(self, purpose: bytes, body: bytes) -> bytes:
        return hmac.new(self._key, purpose + b"\0" + body, hashlib.sha256).digest()
