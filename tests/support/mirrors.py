"""A web server on the loopback, which serves pages well or badly, as told.

with Mirror() as mirror:
    mirror.add("/plan.htm", dresses.portal(paragraphs))
    mirror.fails("/weak.htm", times=2, status=503, then=b"...")
    urlopen(mirror.url("/plan.htm"))
    assert [request.path for request in mirror.requests] == ["/plan.htm"]
"""

import gzip
import socket
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, repeat
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Literal, NamedTuple, Self, TypedDict, Unpack
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import hostile_files

Encoding = Literal["gzip", "deflate"]
CHUNK = 16_384
NOT_FOUND = "<html><head><title>404</title></head><body>您访问的页面不存在</body></html>".encode()


class Request(NamedTuple):
    """A request as it came in: the path is decoded, and the query stands apart."""

    method: str
    path: str
    query: dict[str, str]
    headers: Message


class Form(TypedDict, total=False):
    """How a body is sent."""

    content_type: str | None
    status: int
    headers: Mapping[str, str]
    encoding: Encoding | None
    chunked: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A body and how it is sent; `content_type=None` sends no such header."""

    body: bytes = b""
    content_type: str | None = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    encoding: Encoding | None = None
    chunked: bool = False

    def encoded(self) -> bytes:
        if self.encoding == "gzip":
            return gzip.compress(self.body)
        if self.encoding == "deflate":
            return zlib.compress(self.body)
        return self.body

    def all_headers(self) -> Iterator[tuple[str, str]]:
        if self.content_type is not None:
            yield "Content-Type", self.content_type
        if self.encoding:
            yield "Content-Encoding", self.encoding
        yield from self.headers.items()


class Exchange(BaseHTTPRequestHandler):
    """One connection: finds what was set for a path, and lets it answer."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        asked = Request(self.command, path, dict(parse_qsl(parts.query)), self.headers)
        mirror = self.server.mirror
        mirror.requests.append(asked)
        with_query = f"{path}?{unquote(parts.query)}"
        behave = mirror.routes.get(with_query) or mirror.routes.get(path, not_found)
        behave(self, asked)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Write nothing: the mirror keeps its own log."""

    def send_head(self, answer: Answer, *length: tuple[str, str]) -> None:
        self.send_response(answer.status)
        for name, value in (*answer.all_headers(), *length):
            self.send_header(name, value)
        self.end_headers()

    def send(self, answer: Answer, *, whole: bool = True) -> None:
        """Send an answer, or what would be one had the connection not broken half-way."""
        body = answer.encoded()
        sent = body if whole else body[: len(body) // 2]
        if answer.chunked:
            self.send_head(answer, ("Transfer-Encoding", "chunked"))
            sent = b"".join(chunks(sent)) + (b"0\r\n\r\n" if whole else b"")
        else:
            self.send_head(answer, ("Content-Length", str(len(body))))
        if self.command != "HEAD":
            self.wfile.write(sent)
        self.close_connection = self.close_connection or not whole

    def send_on(self, pieces: Iterable[bytes], pause: float) -> None:
        """Send piece after piece, until the client or the mirror has had enough."""
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            if self.server.mirror.stopping.wait(pause):
                return


Behaviour = Callable[[Exchange, Request], None]


def not_found(exchange: Exchange, _: Request) -> None:
    exchange.send(Answer(NOT_FOUND, status=404))


def chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), CHUNK):
        piece = body[start : start + CHUNK]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


class Server(ThreadingHTTPServer):
    """A server that knows its open connections, so that it can end them at once."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, mirror: "Mirror") -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.mirror = mirror
        self.connections: set[socket.socket] = set()

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        self.connections.add(connection)
        return connection, address

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        super().shutdown_request(request)
        if isinstance(request, socket.socket):
            self.connections.discard(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep what went wrong in the test's own code; a client that leaves is no error."""
        del request, client_address
        error = sys.exception()
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.mirror.errors.append(error)

    def end_connections(self) -> None:
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Mirror:
    """A server for one test; `requests` is the log of what it was asked."""

    def __init__(self) -> None:
        self.routes: dict[str, Behaviour] = {}
        self.requests: list[Request] = []
        self.errors: list[Exception] = []
        self.stopping = Event()
        self.server = Server(self)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.server.shutdown()
        self.server.end_connections()
        self.server.server_close()
        if self.errors and kind is None:
            raise ExceptionGroup("the mirror itself failed", self.errors)

    def url(self, path: str) -> str:
        return self.address + quote(path, safe="/?&=%#+:;,~")

    def asked(self, path: str) -> int:
        """Count the requests for a path, whatever their query."""
        return sum(request.path == path for request in self.requests)

    def add(self, path: str, body: bytes, **form: Unpack[Form]) -> str:
        """Serve a body and give its address. A path with a query is matched first."""
        answer = Answer(body, **form)
        return self.behave(path, lambda exchange, _: exchange.send(answer))

    def add_all(self, pages: Mapping[str, bytes], **form: Unpack[Form]) -> None:
        """Serve several pages by their names, as split pages are given."""
        for name, body in pages.items():
            self.add(f"/{name}", body, **form)

    def answer(self, path: str, reply: Callable[[Request], Answer]) -> str:
        """Serve what a function makes of the request, as for an api.php."""
        return self.behave(path, lambda exchange, request: exchange.send(reply(request)))

    def behave(self, path: str, behaviour: Behaviour) -> str:
        self.routes[path] = behaviour
        return self.url(path)

    def redirect(self, path: str, to: str, *, status: int = 301) -> str:
        """Send the client elsewhere, to any address: relative, ftp:// or file:// too."""
        return self.add(path, b"", status=status, headers={"Location": to})

    def loop(self, path: str) -> str:
        """Send the client round and round between two addresses."""
        self.redirect(f"{path}-and-back", path, status=302)
        return self.redirect(path, f"{path}-and-back", status=302)

    def endless_redirects(self, path: str) -> str:
        """Send the client on and on, never to an address where it was."""
        step = count(1)

        def reply(_: Request) -> Answer:
            return Answer(status=302, headers={"Location": f"{path}?step={next(step)}"})

        return self.answer(path, reply)

    def fails(
        self,
        path: str,
        *,
        times: int = 2,
        status: int = 500,
        then: bytes = b"",
        retry_after: str | None = None,
    ) -> str:
        """Fail so many times, then serve a body. `times=-1` fails for ever."""
        headers = {"Retry-After": retry_after} if retry_after else {}
        failure = Answer(NOT_FOUND.replace(b"404", b"%d" % status), "text/html", status, headers)
        return self._at_first(path, times, lambda exchange, _: exchange.send(failure), then)

    def closes(self, path: str, *, times: int = -1, then: bytes = b"") -> str:
        """Close the connection before any byte, always or so many times."""

        def close(exchange: Exchange, _: Request) -> None:
            exchange.close_connection = True

        return self._at_first(path, times, close, then)

    def _at_first(self, path: str, times: int, failure: Behaviour, then: bytes) -> str:
        left = repeat(None) if times < 0 else repeat(None, times)
        turns, lock = iter(left), Lock()

        def behave(exchange: Exchange, request: Request) -> None:
            with lock:
                fail = next(turns, True) is None
            if fail:
                failure(exchange, request)
            else:
                exchange.send(Answer(then))

        return self.behave(path, behave)

    def cut(self, path: str, body: bytes, **form: Unpack[Form]) -> str:
        """Close the connection in the middle of the body, or of the chunks of one."""
        answer = Answer(body, **form)
        return self.behave(path, lambda exchange, _: exchange.send(answer, whole=False))

    def endless(self, path: str, *, piece: bytes = b"<p>&nbsp;</p>" * 1000) -> str:
        """Send a body without end, as fast as the client reads."""
        return self._stream(path, repeat(piece), 0)

    def drips(self, path: str, body: bytes = b"", *, pause: float = 0.2) -> str:
        """Send a byte at a time: a body, and if there is none, blanks for ever."""
        pieces = [body[at : at + 1] for at in range(len(body))] if body else repeat(b" ")
        return self._stream(path, pieces, pause)

    def _stream(self, path: str, pieces: Iterable[bytes], pause: float) -> str:
        def behave(exchange: Exchange, _: Request) -> None:
            exchange.send_head(Answer(), ("Connection", "close"))
            exchange.send_on(pieces, pause)

        return self.behave(path, behave)

    def stalls(self, path: str, body: bytes) -> str:
        """Send half of a body and then nothing, until the mirror is closed."""

        def behave(exchange: Exchange, _: Request) -> None:
            exchange.send(Answer(body), whole=False)
            self.stopping.wait()

        return self.behave(path, behave)

    def endless_headers(self, path: str, *, pause: float = 0.0) -> str:
        """Send header after header, and never a body."""

        def behave(exchange: Exchange, _: Request) -> None:
            exchange.send_on(header_lines(), pause)

        return self.behave(path, behave)

    def hangs(self, path: str) -> str:
        """Take the request and say nothing, until the mirror is closed."""

        def behave(exchange: Exchange, _: Request) -> None:
            exchange.close_connection = True
            self.stopping.wait()

        return self.behave(path, behave)

    def bomb(self, path: str, *, size: int = 2_000_000_000) -> str:
        """Send a few megabytes of gzip that unpack to `size` bytes."""
        return self.add(path, hostile_files.gzip_bomb(size), headers={"Content-Encoding": "gzip"})


def header_lines() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in count():
        yield b"X-Filler-%d: filler\r\n" % number
