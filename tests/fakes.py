"""A page worker without a network of weights: it reads `X killed Y in Z`; a page can make it misbehave."""

import os
import re
import time

from rashomon.pipeline.tasks import PageResult, PageTask, StageTime
from rashomon.records import (
    ActorFiller,
    Article,
    Passage,
    PlaceFiller,
    Reading,
    Section,
    Statement,
    TargetFiller,
    Telling,
)
from rashomon.spans import take_span

_KILLED = re.compile(r"(\w+) killed (\w+)(?: in (\w+))?")
_SAID = re.compile(r"(\w+) (said) that ([^.]+)")


def read_article(article: Article) -> Reading:
    text = article.text
    tellings = []
    for i, m in enumerate(_KILLED.finditer(text)):
        where = take_span(text, *m.span(3)) if m[3] else None
        places = (PlaceFiller(where, "town", 0.8, name=where.text, lat=1.5, lon=2.5),) if where else ()
        said = _SAID.search(text)
        tellings.append(
            Telling(
                id=f"{article.page}.t{i}", page=article.page, span=take_span(text, *m.span()), score=0.9,
                types=("killing",), type_scores=(0.9,), stance="asserts", stage="accomplished",
                perpetrators=(ActorFiller(take_span(text, *m.span(1)), "person", 0.7),),
                targets=(TargetFiller(take_span(text, *m.span(2)), "civilian", 0.6, "killed"),), places=places,
                attributed_to=take_span(text, *said.span(1)) if said else None,
            )
        )  # fmt: skip
    statements = tuple(
        Statement(
            f"{article.page}.s{i}", article.page, take_span(text, *m.span(1)), take_span(text, *m.span(2)),
            take_span(text, *m.span(3)), None, "asserts", 0.9,
        )
        for i, m in enumerate(_SAID.finditer(text))
    )  # fmt: skip
    return Reading(article.page, tellings=tuple(tellings), statements=statements)


class FakeWorker:
    """`version` can be chosen, so that a later one can be played."""

    def __init__(self, version: str = "fake 1", delay_s: float = 0.0) -> None:
        self.version = version
        self._delay_s = delay_s

    def __call__(self, task: PageTask) -> PageResult:
        text = task.page.raw.decode("utf-8")
        if "HANG" in text:
            time.sleep(1000)
        if "CRASH" in text:
            os._exit(9)
        if "RAISE" in text:
            raise RuntimeError("as the page asked")
        time.sleep(self._delay_s)
        section = Section("article", "", 0, len(text))
        article = Article(
            page=task.page.id, text=text, title=text[:10], byline=None, outlet="The Lantern", outlet_found="name",
            published=None, language="en", sections=(section,), passages=(Passage(0, len(text)),),
        )  # fmt: skip
        if not text.strip():
            return PageResult("no_article", None, article, None, "c1")
        times = (StageTime("read", self._delay_s),)
        return PageResult("read", None, article, read_article(article), "c1", self.version, "v1", times)
