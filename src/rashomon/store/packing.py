"""Raw bytes, packed to save room.

In: bytes. Out: packed bytes with the name of the packing, and the same bytes again. Never: bytes that changed.
"""

import zlib

from rashomon.errors import CaseError

_LEVEL = 6


def pack(raw: bytes) -> tuple[str, bytes]:
    """The name of the packing and the packed bytes; what does not get smaller is kept as it is.

    >>> pack(b"abc")
    ('none', b'abc')
    >>> pack(b"a" * 1000)[0]
    'zlib'
    """
    packed = zlib.compress(raw, _LEVEL)
    return ("zlib", packed) if len(packed) < len(raw) else ("none", raw)


def unpack(packing: str, body: bytes) -> bytes:
    """The bytes again. Raises CaseError for a packing that this version does not know.

    >>> unpack(*pack(b"a" * 1000)) == b"a" * 1000
    True
    """
    if packing == "zlib":
        return zlib.decompress(body)
    if packing == "none":
        return body
    raise CaseError("unknown_packing", packing)
