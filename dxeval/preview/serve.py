"""The preview: a server, a watch and the rounds together, until a signal ends them."""

import threading
from collections.abc import Callable
from pathlib import Path

from dxeval.preview.pages import Pages
from dxeval.preview.rounds import Rounds, Say
from dxeval.preview.server import Server
from dxeval.preview.watch import watching
from dxeval.report.process.worker import warm_up
from dxeval.report.site import export


def serve(root: Path, port: int | None, say: Say, end_if_asked: Callable[[], None]) -> None:
    """Show the workspace's pages at the port (default: a free one) until interrupted.

    ``say`` writes words for the user, as a mistake or not; ``end_if_asked`` raises what a signal
    was to raise. Raises PortError if the port is taken
    and OutputError if ``outputs/`` cannot be written or another batch holds it.
    """
    changed = threading.Event()
    pages = Pages(root / "outputs", wanted=changed.set)
    server = Server(pages, port)
    rounds = Rounds(root, pages, changed, server.tell, say)

    def begin() -> None:
        warm_up()
        threading.Thread(target=export.warm_up, daemon=True).start()
        say(f"{server.address} をブラウザーで開いてください。Ctrl-C で終わります。", False)

    with server.serving(), watching(root, changed.set):
        rounds.keep(begin, end_if_asked)
