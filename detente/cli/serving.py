"""`detente serve`: the archive as pages in a browser and as JSON for programs, on this machine alone unless said."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.archives import ArchiveOption, answering, opened
from detente.cli.asked import refusing
from detente.cli.fusing import fused
from detente.cli.messages import say
from detente.store import Archive, ArchiveError

_SHORTEST_TOKEN = 16


def serve(
    archive: ArchiveOption = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="At which port.")] = 8750,
    token_file: Annotated[
        Path | None,
        typer.Option("--token-file", metavar="FILE", help="Whoever asks must know what stands in this file."),
    ] = None,
) -> None:
    """Show the archive in a browser, and answer programs under /api/v1."""
    # Late: the server's libraries are not needed by any other command.
    import uvicorn

    from detente.serve.security import LOCAL, is_loopback
    from detente.serve.server import make_app

    token = _token(token_file)
    with refusing("--host"):
        if token is None and not is_loopback(host):
            raise ValueError(f"{host} can be reached by others; give a --token-file too")
    with opened(archive, create=False) as store, answering():
        _fuse(store)
        hosts = LOCAL if is_loopback(host) else ("*",)
        app = make_app(store, hosts, token, _version())
        say(f"the archive {store.path} is at http://{host}:{port}/ (Ctrl-C ends)")
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, server_header=False)


def _token(path: Path | None) -> str | None:
    if path is None:
        return None
    with refusing("--token-file"):
        try:
            token = path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise ValueError(f"{path}: cannot be read ({problem})") from problem
        if len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable():
            raise ValueError(f"{path}: a token has {_SHORTEST_TOKEN} letters and digits or more")
    return token


def _fuse(store: Archive) -> None:
    """New reports are fused; an archive that may only be read is shown as it was."""
    try:
        fused(store)
    except ArchiveError as problem:
        say(f"{problem}; incidents are shown as they were fused last")


def _version() -> str:
    try:
        return importlib.metadata.version("detente")
    except importlib.metadata.PackageNotFoundError:
        return "0"
