"""Judging: one form a decision, each in a transaction of its own.

In: forms. Out: judgements, and a way back. Never: a judgement on a GET, nor one without the CSRF token.
"""

from collections.abc import Callable, Mapping

from fastapi import FastAPI
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from rashomon import judge
from rashomon.errors import JudgingError
from rashomon.judge import Person
from rashomon.records import Judgement
from rashomon.web.forms import read_form
from rashomon.web.serving import Server, redirect_back

Form = Mapping[str, str]
Decide = Callable[[Connection, Form, Person], Judgement]


def _pair(connection: Connection, form: Form, person: Person) -> Judgement:
    return judge.judge_pair(connection, form.get("a", ""), form.get("b", ""), form.get("verdict", ""), person)


def _telling(connection: Connection, form: Form, person: Person) -> Judgement:
    verdict, field = form.get("verdict", ""), form.get("field", "")
    return judge.judge_telling(connection, form.get("telling", ""), verdict, field, person)


def _correct(connection: Connection, form: Form, person: Person) -> Judgement:
    return judge.correct(connection, form.get("telling", ""), form.get("field", ""), form, person)


def _merge(connection: Connection, form: Form, person: Person) -> Judgement:
    return judge.merge(connection, form.get("incident", ""), form.get("other", "").strip(), person)


def _split(connection: Connection, form: Form, person: Person) -> Judgement:
    return judge.split(connection, form.get("incident", ""), form.get("telling", "").split(), person)


def _undo(connection: Connection, form: Form, person: Person) -> Judgement:
    number = form.get("id", "")
    return judge.undo(connection, int(number) if number.isdecimal() else 0, person)


DECISIONS: dict[str, Decide] = {
    "pair": _pair,
    "telling": _telling,
    "correct": _correct,
    "merge": _merge,
    "split": _split,
    "undo": _undo,
}


def add_judging(app: FastAPI, server: Server) -> None:
    """The forms under `/judge/`, and `/relate`."""
    for name, decide in DECISIONS.items():
        app.add_api_route(f"/judge/{name}", _make_route(server, decide), methods=["POST"])

    def redact(form: Form, who: str) -> None:
        words = form.get("words", "")
        if words.split() != form.get("again", "").split():
            raise JudgingError("not_repeated", "write the words twice: what is redacted cannot be brought back")
        with server.relater.stopped():
            with server.case.write() as connection:
                judge.redact(connection, words, Person(who, form.get("why", "")))
            server.case.compact()

    async def redacted(request: Request) -> Response:
        form = await read_form(request, server.keeper, server.options.max_form_bytes)
        await run_in_threadpool(redact, form, request.state.session.who)
        await run_in_threadpool(server.relater.ask_if_small)
        return redirect_back(form.get("next", "/judgements"), "/judgements")

    async def related(request: Request) -> Response:
        form = await read_form(request, server.keeper, server.options.max_form_bytes)
        server.relater.ask()
        return redirect_back(form.get("next", "/"))

    app.add_api_route("/judge/redact", redacted, methods=["POST"])
    app.add_api_route("/relate", related, methods=["POST"])


def _make_route(server: Server, decide: Decide):  # type: ignore[no-untyped-def]
    def keep(form: Form, who: str) -> None:
        with server.case.write() as connection:
            decide(connection, form, Person(who, form.get("why", "")))
        server.relater.ask_if_small()

    async def judged(request: Request) -> Response:
        form = await read_form(request, server.keeper, server.options.max_form_bytes)
        await run_in_threadpool(keep, form, request.state.session.who)
        return redirect_back(form.get("next", "/judgements"), "/judgements")

    judged.__annotations__ = {"request": Request}
    return judged
