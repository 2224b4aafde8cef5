"""MUC-4's full templates, official scoring: `python -m bench muc4 --texts F... --keys F...`.

In: texts and keys; or, with `--responses`, a file of answers instead of texts; optionally a history of human decisions.
Out: the four totals with P&R, 2P&R and P&2R, and all slots. Never: the keys as input of the reader.

F is computed as the scorer of 1992 did, of recall and precision in whole percent; `f_exact` is not rounded before.
Without a history, whatever does not match by rule is wrong: our own answers are never judged by a person.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.muc4_align import Alignment, Scored, add_up, score_message
from bench.muc4_answers import read_answers
from bench.muc4_files import read_texts
from bench.muc4_fills import SETS, SLOTS, STRINGS
from bench.muc4_match import History, read_history
from bench.muc4_read import read_alignments, read_templates
from bench.muc4_score import Tally, Template


def combine(precision: float, recall: float, weight: float) -> float:
    """The harmonic mean in which precision weighs `weight` (0 to 1); MUC-4 takes 1/2, 4/5 and 1/5.

    >>> round(combine(53, 62, 0.5), 2), round(combine(53, 62, 0.8), 2), round(combine(53, 62, 0.2), 2)
    (57.15, 54.58, 59.96)
    """
    return 1 / (weight / precision + (1 - weight) / recall) if precision and recall else 0.0


def figures(tally: Tally) -> dict[str, object]:
    """A row of a report: p, r and f in percent (official, 2P&R, P&2R and unrounded), with its counts."""
    p, r = tally.precision or 0.0, tally.recall or 0.0
    whole_p, whole_r = int(p + 0.5), int(r + 0.5)
    out: dict[str, object] = {
        "p": round(p, 2),
        "r": round(r, 2),
        "f": round(combine(whole_p, whole_r, 0.5), 2),
        "f_2pr": round(combine(whole_p, whole_r, 0.8), 2),
        "f_p2r": round(combine(whole_p, whole_r, 0.2), 2),
        "f_exact": round(combine(p, r, 0.5), 2),
        "overgeneration": round(tally.overgeneration or 0.0, 2),
    }
    names = ("possible", "actual", "correct", "partial", "incorrect", "correct_by_hand", "partial_by_hand")
    return out | dict(zip((*names, "spurious", "missing", "noncommittal"), tally.columns(), strict=True))


def score(
    keys: Sequence[Template],
    answers: Sequence[Template],
    history: History,
    by_hand: Mapping[str, Alignment] | None = None,
) -> list[Scored]:
    """Every message of the key."""
    of_message: dict[str, list[Template]] = {}
    for answer in answers:
        of_message.setdefault(answer.message, []).append(answer)
    messages: dict[str, list[Template]] = {}
    for key in keys:
        messages.setdefault(key.message, []).append(key)
    return [
        scored
        for message, wanted in messages.items()
        for scored in score_message(wanted, of_message.get(message, []), history, (by_hand or {}).get(message))
    ]


def report(scored: Sequence[Scored]) -> dict[str, object]:
    """The rows at the end of a score report, as JSON. Set and string fills are of matched and missing templates."""
    totals = add_up(scored)
    kept = [s for s in scored if s.status in ("matched", "missing")]
    return {
        "matched_missing": figures(totals.matched_missing),
        "matched_spurious": figures(totals.matched_spurious),
        "matched_only": figures(totals.matched_only),
        "all_templates": figures(totals.all_templates),
        "set_fills": figures(sum((s.tallies[slot] for s in kept for slot in SETS), Tally())),
        "string_fills": figures(sum((s.tallies[slot] for s in kept for slot in STRINGS), Tally())),
        "template_id": figures(totals.template_id),
        "slots": {name: figures(tally) for name, tally in totals.slots.items() if name != "template-id"},
    }


def by_message(scored: Sequence[Scored]) -> dict[str, dict[str, tuple[int, ...]]]:
    """The ten columns (POS ACT COR PAR INC ICR IPA SPU MIS NON) by message and slot."""
    out: dict[str, dict[str, Tally]] = {}
    for s in scored:
        if s.status not in ("optional", "irrelevant"):
            slots = out.setdefault(s.message, dict.fromkeys(SLOTS, Tally()))
            for slot in SLOTS:
                slots[slot] += s.tallies[slot]
    return {message: {slot: t.columns() for slot, t in slots.items()} for message, slots in out.items()}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command line."""
    parser.add_argument("--texts", nargs="+", type=Path, default=[], help="messages for the reader")
    parser.add_argument("--keys", nargs="+", type=Path, required=True)
    parser.add_argument("--responses", type=Path, help="score this file of answers; no text is read")
    parser.add_argument("--history", type=Path, help="decisions of people on answers that differ from the key")
    parser.add_argument("--aligned", type=Path, help="a score report: take its alignment of templates")
    parser.add_argument("--by-message", action="store_true", help="also the columns by message and slot")
    parser.add_argument("--limit", type=int, help="only the first so many messages")


def run(args: argparse.Namespace) -> dict[str, object]:
    """Score a file of answers, or what the reader finds in the texts."""
    keys = read_templates(args.keys)
    if args.responses:
        wanted = None
        answers = read_templates([args.responses])
    else:
        texts = dict(list(read_texts(args.texts).items())[: args.limit])
        wanted = set(texts)
        answers = read_answers(texts)
    kept = [k for k in keys if wanted is None or k.message in wanted]
    history = read_history(args.history) if args.history else History()
    scored = score(kept, answers, history, read_alignments(args.aligned) if args.aligned else None)
    out = report(scored) | {"messages": len({k.message for k in kept})}
    return out | {"by_message": by_message(scored)} if args.by_message else out
