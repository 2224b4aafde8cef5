"""MUC-4 templates about an invented island, as files write them."""

from bench.muc4_read import parse_templates
from bench.muc4_score import Template

SLOT_NAMES = (
    "0.  MESSAGE: ID", "1.  MESSAGE: TEMPLATE", "2.  INCIDENT: DATE", "3.  INCIDENT: LOCATION", "4.  INCIDENT: TYPE",
    "5.  INCIDENT: STAGE OF EXECUTION", "6.  INCIDENT: INSTRUMENT ID", "7.  INCIDENT: INSTRUMENT TYPE",
    "8.  PERP: INCIDENT CATEGORY", "9.  PERP: INDIVIDUAL ID", "10. PERP: ORGANIZATION ID",
    "11. PERP: ORGANIZATION CONFIDENCE", "12. PHYS TGT: ID", "13. PHYS TGT: TYPE", "14. PHYS TGT: NUMBER",
    "15. PHYS TGT: FOREIGN NATION", "16. PHYS TGT: EFFECT OF INCIDENT", "17. PHYS TGT: TOTAL NUMBER",
    "18. HUM TGT: NAME", "19. HUM TGT: DESCRIPTION", "20. HUM TGT: TYPE", "21. HUM TGT: NUMBER",
    "22. HUM TGT: FOREIGN NATION", "23. HUM TGT: EFFECT OF INCIDENT", "24. HUM TGT: TOTAL NUMBER",
)  # fmt: skip

BLAST = {
    2: ["03 MAR 91"],
    3: ["TORVAY: HALLEN (CITY)"],
    4: ["BOMBING"],
    5: ["ACCOMPLISHED"],
    6: ['"BOMB"'],
    7: ['BOMB: "BOMB"'],
    9: ['"MASKED MEN" / "MEN"'],
    12: ['"HARBOUR OFFICE" / "OFFICE"'],
    13: ['GOVERNMENT OFFICE OR RESIDENCE: "HARBOUR OFFICE" / "OFFICE"'],
    23: ['DEATH: "-"'],
}
"""A template with ten filled slots."""


def lines(message: str, number: str, slots: dict[int, list[str]]) -> str:
    """A template as a file has it; slots that are not named hold nothing (`*` all through where it is irrelevant)."""
    nothing = "*" if number == "*" else "-"
    filled = {0: [message], 1: [number], **slots}
    out = []
    for at, name in enumerate(SLOT_NAMES):
        first, *more = filled.get(at, [nothing])
        out += [f"{name:35}{first}", *(" " * 35 + line for line in more)]
    return "\n".join(out) + "\n\n"


def template(slots: dict[int, list[str]], message: str = "TST1-MUC3-0001", number: str = "1") -> Template:
    """One template, read back from its lines."""
    (found,) = parse_templates(lines(message, number, slots).split("\n"))
    return found
