"""The server: pages and files of figures, on this machine only, and news of what has changed."""

import asyncio
import mimetypes
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from dxeval.errors import PortError
from dxeval.preview.live import NEWS, live
from dxeval.preview.pages import Pages
from dxeval.report.site.links import INDEX

HOST = "127.0.0.1"
PORTS = range(8710, 8730)
"""Tried one after the other where no port is asked for."""
ALIVE = 20
"""Seconds between two questions to a browser that waits for news, whether it is still there."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Server:
    """Serves in a thread of its own.

    State: ``pages``; ``port`` and its sockets; the loop of the thread, what ends it, and those that
    wait for news.
    """

    def __init__(self, pages: Pages, port: int | None) -> None:
        """Take the port, or the first free one of ``PORTS``. Raises PortError."""
        self.pages = pages
        self._sockets, self.port = _listen(PORTS if port is None else [port])
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._waiting: set[_News] = set()

    @property
    def address(self) -> str:
        """Where a browser finds the index."""
        return f"http://{HOST}:{self.port}/"

    def tell(self) -> None:
        """Let every browser that waits for news look again."""
        self._loop.call_soon_threadsafe(self._look)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve meanwhile; every connection is closed in the end."""
        thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        thread.start()
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._ending.set)
            thread.join()
            self._loop.close()

    async def _serve(self) -> None:
        hosts = [f"{host}:{self.port}" for host in (HOST, "localhost")]
        application = Application(
            [
                (r"/()", _Page),
                (r"/([^/]+)\.html", _Page),
                (r"/tables/([^/]+)", _Table),
                (NEWS, _News),
            ],
            default_handler_class=_Nothing,
            log_function=lambda handler: None,
            websocket_ping_interval=ALIVE,
            hosts=hosts,
            pages=self.pages,
            waiting=self._waiting,
        )
        server = HTTPServer(application)
        server.add_sockets(self._sockets)
        await self._ending.wait()
        server.stop()
        await server.close_all_connections()

    def _look(self) -> None:
        for news in list(self._waiting):
            news.look()


class _Guarded(RequestHandler):
    """Answers only who calls it by its own name: no other site's name leads here."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    @property
    def pages(self) -> Pages:
        return self.settings["pages"]

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        if self.request.host not in self.settings["hosts"]:
            raise HTTPError(403)

    def write_error(self, status_code: int, **details: object) -> None:
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")


class _Nothing(_Guarded):
    def get(self, name: str = "") -> None:
        raise HTTPError(404)

    def head(self, name: str = "") -> None:
        self.get(name)


class _Page(_Nothing):
    def get(self, name: str = "") -> None:
        page_id = name or INDEX
        seen = self.pages.look(page_id)
        self.set_status(200 if seen.there else 404)
        self.finish(live(seen.html, page_id, seen.version, self.request.host))


class _Table(_Nothing):
    def get(self, name: str = "") -> None:
        content = self.pages.table(name)
        if content is None:
            raise HTTPError(404)
        kind, _ = mimetypes.guess_type(name)
        self.set_header("Content-Type", kind or "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(content)


class _News(_Guarded, WebSocketHandler):
    """Says a word once another version of a page is to be seen than the browser has.

    A socket, since of other connections that stay a browser opens only six to one server.
    """

    def prepare(self) -> None:
        super().prepare()
        self.page_id, self.version = map(self.get_query_argument, ("page", "seen"))

    def open(self) -> None:
        self.settings["waiting"].add(self)
        self.pages.opened(self.page_id)
        self.look()

    def look(self) -> None:
        if self.pages.look(self.page_id).version != self.version:
            with suppress(WebSocketClosedError):
                self.write_message("new")

    def on_close(self) -> None:
        self.settings["waiting"].discard(self)
        self.pages.closed(self.page_id)


def _listen(ports: Sequence[int]) -> tuple[list[socket.socket], int]:
    for port in ports:
        with suppress(OSError):
            return bind_sockets(port, HOST), port
    which = f"{ports[0]}" if len(ports) == 1 else f"{ports[0]}〜{ports[-1]}"
    raise PortError(
        f"ポート {which} は、ほかのプログラムが使っています。"
        "--port に別の番号（8800 など）を書いて、もう一度実行してください。"
    )
