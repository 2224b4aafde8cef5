"""MUC-4's files: messages and keys.

In: files of texts, and of keys or responses. Out: texts by message, templates by message.
Never: interpretation (the scorer and the training do that).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HEADER = re.compile(r"^(?:DEV|TST\d)-MUC[34]-\d{4}\b[^\n]*$", re.MULTILINE)
_QUOTED = re.compile(r'"((?:\\"|[^"])*)"')


@dataclass(frozen=True, slots=True)
class Fill:
    """One filler of a slot: its alternative strings, the set fill before the colon (if any), whether it is optional."""

    strings: tuple[str, ...]
    value: str | None
    optional: bool


Template = dict[int, list[Fill]]


def read_texts(paths: Sequence[Path]) -> dict[str, str]:
    """Message id → text, from files of messages."""
    texts: dict[str, str] = {}
    for path in paths:
        raw = path.read_text(encoding="latin-1")
        heads = list(_HEADER.finditer(raw))
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            body = raw[head.end() : following.start() if following else len(raw)]
            texts[head.group().split()[0]] = body.strip("\n")
    return texts


def _parse_fill(line: str) -> Fill | None:
    optional = line.startswith("?")
    line = line.lstrip("? ")
    if line in ("", "*", "-"):
        return None
    strings = tuple(s.replace('\\"', '"') for s in _QUOTED.findall(line))
    head = line.split('"')[0].split(" / ")[0].strip(" :/")
    return Fill(strings, head or None, optional)


def read_keys(paths: Sequence[Path]) -> dict[str, list[Template]]:
    """Message id → its templates (none for an irrelevant message): slot number → fills."""
    keys: dict[str, list[Template]] = {}
    for path in paths:
        message, slot = "", 0
        template: Template = {}
        for line in path.read_text(encoding="latin-1").split("\n"):
            if m := re.match(r"^(\d+)\.\s+[A-Z :]+?\s{2,}(.*)$", line):
                slot, value = int(m[1]), m[2].strip()
                if slot == 0:
                    message, template = value.split()[0], {}
                    keys.setdefault(message, [])
                    continue
                if slot == 1:
                    if value != "*":
                        keys[message].append(template)
                    continue
            elif line.startswith(" ") and line.strip() and slot:
                value = line.strip()
            else:
                continue
            if fill := _parse_fill(value):
                template.setdefault(slot, []).append(fill)
    return keys
