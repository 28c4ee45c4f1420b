"""The server: pages and files of figures, on this machine only, and news of what has changed."""

import asyncio
import mimetypes
import socket
import threading
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError
from tornado.locks import Condition
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from dxeval.errors import PortError
from dxeval.preview.live import NEWS, live
from dxeval.preview.pages import Pages
from dxeval.report.site.links import INDEX

HOST = "127.0.0.1"
PORTS = range(8710, 8730)
"""Tried one after the other where no port is asked for."""
ALIVE = timedelta(seconds=20)
"""How often a word is sent to a browser that waits for news, to learn whether it is still there."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Server:
    """Serves in a thread of its own.

    State: ``pages``; ``port``; the condition that those wait for who want news, and the loop.
    """

    def __init__(self, pages: Pages, port: int | None) -> None:
        """Take the port, or the first free one of ``PORTS``. Raises PortError."""
        self.pages = pages
        self._sockets, self.port = _listen(PORTS if port is None else [port])
        self._loop = asyncio.new_event_loop()
        self._news: Condition | None = None

    @property
    def address(self) -> str:
        """Where a browser finds the index."""
        return f"http://{HOST}:{self.port}/"

    def tell(self) -> None:
        """Let every browser that waits look again."""
        if self._news is not None:
            self._loop.call_soon_threadsafe(self._news.notify_all)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve meanwhile; every connection is closed in the end."""
        self._ending = asyncio.Event()
        thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        thread.start()
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._ending.set)
            thread.join()
            self._loop.close()

    async def _serve(self) -> None:
        self._news = Condition()
        shared = {"pages": self.pages, "news": self._news}
        hosts = {f"{host}:{self.port}" for host in (HOST, "localhost")}
        application = Application(
            [
                (r"/()", _Page, shared),
                (r"/([^/]+)\.html", _Page, shared),
                (r"/tables/([^/]+)", _Table, shared),
                (NEWS, _News, shared),
            ],
            default_handler_class=_Nothing,
            hosts=hosts,
            log_function=lambda handler: None,
        )
        server = HTTPServer(application)
        server.add_sockets(self._sockets)
        await self._ending.wait()
        server.stop()
        await server.close_all_connections()


class _Handler(RequestHandler):
    """Answers GET and HEAD to those who call it by its own name: no other site's leads here."""

    SUPPORTED_METHODS = ("GET", "HEAD")

    def initialize(self, pages: Pages, news: Condition) -> None:
        self.pages, self.news = pages, news

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

    def head(self, *words: str) -> Awaitable[None] | None:
        return self.get(*words)


class _Nothing(_Handler):
    def initialize(self) -> None:  # type: ignore[override]
        pass

    def get(self) -> None:
        raise HTTPError(404)


class _Page(_Handler):
    def get(self, page_id: str) -> None:
        page_id = page_id or INDEX
        seen = self.pages.look(page_id)
        self.set_status(200 if seen.there else 404)
        self.finish(live(seen.html, page_id, seen.version))


class _Table(_Handler):
    def get(self, name: str) -> None:
        content = self.pages.table(name)
        if content is None:
            raise HTTPError(404)
        kind, _ = mimetypes.guess_type(name)
        self.set_header("Content-Type", kind or "application/octet-stream")
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(content)


class _News(_Handler):
    """One word (an event of EventSource) once another version of a page is to be seen."""

    async def get(self) -> None:
        page_id, seen = self.get_query_argument("page"), self.get_query_argument("seen")
        self.set_header("Content-Type", "text/event-stream")
        self.pages.opened(page_id)
        with suppress(StreamClosedError):
            try:
                await self._say("retry: 500")
                while self.pages.look(page_id).version == seen:
                    if not await self.news.wait(ALIVE):
                        await self._say(":")
                await self._say("data: new")
            finally:
                self.pages.closed(page_id)

    async def _say(self, line: str) -> None:
        self.write(f"{line}\n\n")
        await self.flush()

    def on_connection_close(self) -> None:
        self.news.notify_all()


def _listen(ports: range | list[int]) -> tuple[list[socket.socket], int]:
    for port in ports:
        with suppress(OSError):
            return bind_sockets(port, HOST), port
    which = f"{ports[0]}" if len(ports) == 1 else f"{ports[0]}〜{ports[-1]}"
    raise PortError(
        f"ポート {which} は、ほかのプログラムが使っています。"
        "--port に別の番号（8800 など）を書いて、もう一度実行してください。"
    )
