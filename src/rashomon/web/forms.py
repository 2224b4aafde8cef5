"""Forms as they are sent.

In: a POST request. Out: its fields. Never: a form without the session's CSRF token, nor one of any size.
"""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

from rashomon.web.sessions import SessionKeeper


async def read_form(request: Request, keeper: SessionKeeper, max_bytes: int) -> Mapping[str, str]:
    """The fields of a form, each with its last value. Raises HTTPException: 403 (token), 413 (size), 415 (kind)."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "a form is sent as application/x-www-form-urlencoded")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise HTTPException(413, f"a form may have {max_bytes} bytes")
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200))
    if not keeper.is_csrf(request.state.session, fields.get("csrf", "")):
        raise HTTPException(403, "the form is of another session: load the page again and send it again")
    return fields
