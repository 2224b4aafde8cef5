"""The command that serves a case in a browser.

In: a case, where to listen. Out: a web app until it is stopped. Never: an address other machines can reach, without a
token.
"""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rashomon.errors import SettingsError

if TYPE_CHECKING:
    from rashomon.web.options import WebOptions

PORT = 8250


def add_serve(app: typer.Typer) -> None:
    """Add `serve` to the command line."""
    app.command()(serve)


def serve(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The case: one SQLite file.")],
    port: Annotated[int, typer.Option(help="The port; 0 takes a free one.", min=0, max=65535)] = PORT,
    host: Annotated[str, typer.Option(help="Where to listen; anything but this machine needs a token.")] = "127.0.0.1",
    name: Annotated[
        list[str] | None, typer.Option(help="A host name under which others reach it (with --host); may be repeated.")
    ] = None,
    token: Annotated[
        str | None, typer.Option(envvar="RASHOMON_TOKEN", help="What whoever opens it must know; made up if needed.")
    ] = None,
    tiles: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="A server of map pictures, https://…/{z}/{x}/{y}.png; it sees where one looks."
        ),
    ] = None,
) -> None:
    """Serve a case: read, compare and review it in a browser."""
    serve_case(case, make_options(host, tuple(name or ()), token, tiles), host=host, port=port)


def make_options(host: str, names: tuple[str, ...], token: str | None, tiles: str | None = None) -> "WebOptions":
    """Options for listening on `host`; elsewhere than on this machine there is always a token.

    Raises SettingsError("short_token", "wrong_tiles").
    """
    from rashomon.web.options import LOOPBACK, WebOptions
    from rashomon.web.tiles import read_address

    if tiles is not None:
        read_address(tiles)

    if token is not None and len(token) < 16:
        raise SettingsError("short_token", "a token has at least 16 characters")
    if host in LOOPBACK:
        return WebOptions(hosts=LOOPBACK | set(names), token=token, tiles=tiles)
    reached = {host, *names} - {"0.0.0.0", "::"}  # noqa: S104  (taken out: no browser asks for these)
    return WebOptions(hosts=LOOPBACK | reached, token=token or secrets.token_urlsafe(24), tiles=tiles)


def serve_at_terminal(case: Path) -> None:
    """Serve until stopped if somebody sits at a terminal, on PORT or, if that is taken, on a free one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    options = make_options("127.0.0.1", (), None)
    try:
        serve_case(case, options)
    except SettingsError:
        serve_case(case, options, port=0)


def serve_case(case: Path, options: "WebOptions", *, host: str = "127.0.0.1", port: int = PORT) -> None:
    """Serve until stopped, and say where. Raises CaseError, SettingsError("port_taken")."""
    import socket

    import uvicorn

    from rashomon.web.app import make_app

    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)  # before the address is printed: whoever reads it may connect at once
    except OSError as error:
        listening.close()
        raise SettingsError("port_taken", f"{host}:{port}: {error.strerror}; choose another with --port") from error
    app = make_app(case, options)
    shown = f"[{host}]" if ":" in host else host
    print(f"http://{shown}:{listening.getsockname()[1]}/", flush=True)
    if options.token is not None:
        print(f"token: {options.token}", flush=True)
    print("Stop it with Ctrl-C.", file=sys.stderr)
    config = uvicorn.Config(app, log_level="warning", server_header=False, date_header=True, proxy_headers=False)
    uvicorn.Server(config).run(sockets=[listening])
