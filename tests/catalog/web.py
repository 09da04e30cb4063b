"""A small web server on this machine with every behaviour that a link may meet."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: Seconds that a request waits for what a sound test brings at once.
PATIENCE = 10.0
PAGE = "<!doctype html><html><head><title>{}</title></head><body>Hallo</body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path; HEAD as GET without a body unless the path says otherwise."""

    server: "Web"

    def do_HEAD(self) -> None:
        self._serve()

    def do_GET(self) -> None:
        self._serve()

    def _serve(self) -> None:
        path = self.path.split("?")[0]
        self.server.enter((self.command, self.path, self.headers["Host"].split(":")[0]))
        self.is_under_way = True
        try:
            if path == "/robots.txt" and self.server.robots is not None:
                self.answer(200, self.server.robots, "text/plain")
                return
            name = path.strip("/").split("/")[0].replace("-", "_") or "home"
            getattr(self, f"on_{name}", self.on_missing)()
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self._leave()

    def _leave(self) -> None:
        """Counts a request as done; before its answer, because whoever has that may ask the next thing at once."""
        if self.is_under_way:
            self.is_under_way = False
            self.server.leave()

    def answer(
        self, status: int, body: str | bytes = "", kind: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """One answer; `_` in the names of headers stands for `-`."""
        content = body.encode() if isinstance(body, str) else body
        self._leave()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def turns(self) -> int:
        """How often this path has been asked for by GET, this time included."""
        return sum(1 for command, path, _ in self.server.seen if (command, path) == ("GET", self.path))

    def on_home(self) -> None:
        self.answer(200, PAGE.format("Start"))

    def on_missing(self) -> None:
        self.answer(404)

    def on_page(self) -> None:
        self.answer(200, PAGE.format("Beratung &amp; Hilfe"))

    def on_document(self) -> None:
        self.answer(200, b"%PDF-1.7", "application/pdf")

    def on_gone(self) -> None:
        self.answer(410)

    def on_forbidden(self) -> None:
        self.answer(403)

    def on_login(self) -> None:
        self.answer(401, WWW_Authenticate="Basic")

    def on_moved(self) -> None:
        self.answer(301, Location="/page")

    def on_moved_twice(self) -> None:
        self.answer(308, Location="/moved")

    def on_for_now(self) -> None:
        self.answer(302, Location="/page")

    def on_moved_then_for_now(self) -> None:
        self.answer(301, Location="/for-now")

    def on_to_home(self) -> None:
        self.answer(301, Location="/")

    def on_to_other(self) -> None:
        self.answer(301, Location=f"http://localhost:{self.server.server_port}/page")

    def on_to_nothing(self) -> None:
        self.answer(302, Location="/missing")

    def on_to_inside(self) -> None:
        self.answer(302, Location=f"http://127.0.0.1:{self.server.server_port}/page")

    def on_to_file(self) -> None:
        self.answer(302, Location="file:///etc/passwd")

    def on_to_rubbish(self) -> None:
        self.answer(302, Location="http://[")

    def on_to_odd_port(self) -> None:
        self.answer(302, Location="http://127.0.0.1:99999/")

    def on_nowhere(self) -> None:
        self.answer(302)

    def on_loop(self) -> None:
        self.answer(302, Location="/loop")

    def on_endless(self) -> None:
        self.answer(302, Location=f"{self.path}/x")

    def on_busy(self) -> None:
        """Asks for patience twice, and once more on HEAD."""
        is_ready = self.command == "GET" and self.turns() > 1
        if is_ready:
            self.on_page()
        else:
            self.answer(429, Retry_After="0")

    def on_busy_for_long(self) -> None:
        self.answer(429, Retry_After="86400")

    def on_busy_until(self) -> None:
        self.answer(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")

    def on_always_busy(self) -> None:
        self.answer(429)

    def on_broken(self) -> None:
        self.answer(500)

    def on_flaky(self) -> None:
        if self.command == "HEAD" or self.turns() == 1:
            self.answer(500)
        else:
            self.on_page()

    def on_no_head(self) -> None:
        if self.command == "HEAD":
            self.answer(405)
        else:
            self.on_page()

    def on_slow(self) -> None:
        time.sleep(1.5)

    def on_dripping(self) -> None:
        """A body that never ends, in small bits."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while self.command == "GET":
            self.wfile.write(b"x" * 10)
            time.sleep(0.05)

    def on_huge(self) -> None:
        """As many bytes as are taken, as fast as they are taken."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        while self.command == "GET" and self.server.written < 200_000_000:
            self.wfile.write(b"x" * 65_536)
            self.server.written += 65_536

    def on_packed(self) -> None:
        self.answer(200, b"\x1f\x8b rubbish <title>x</title>", Content_Encoding="gzip")

    def on_hangs_up(self) -> None:
        """Closes the connection without a word."""
        self.close_connection = True

    def on_says_missing(self) -> None:
        self.answer(200, PAGE.format("Seite nicht gefunden"))

    def on_captcha(self) -> None:
        self.answer(200, PAGE.format("Just a moment..."))

    def on_hostile(self) -> None:
        self.answer(200, PAGE.format("Nicht gefunden \x1b[31mrot\u202e\x07 " + "a" * 500))

    def on_odd_charset(self) -> None:
        self.answer(200, PAGE.format("Gut"), "text/html; charset=no-such-thing")

    def on_undefined_charset(self) -> None:
        self.answer(200, PAGE.format("Gut"), "text/html; charset=undefined")

    def on_busy_for_ages(self) -> None:
        """Dates that no calendar has."""
        year, zone = ("2100", f"+{10**20}") if "zone" in self.path else (str(10**20), "GMT")
        self.answer(429, Retry_After=f"Fri, 31 Dec {year} 23:59:59 {zone}")

    def on_nap(self) -> None:
        """Leaves time for another request to come in, if anybody sends one."""
        time.sleep(0.1)
        self.answer(200, "x", "text/plain")

    def on_meet(self) -> None:
        """Waits for a second request."""
        with self.server.lock:
            self.server.lock.wait_for(lambda: self.server.most_under_way > 1, PATIENCE)
        self.answer(200, "x", "text/plain")

    def on_last(self) -> None:
        """Waits for the test's word."""
        self.server.word.wait(PATIENCE)
        self.answer(200, "x", "text/plain")

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal of the tests."""


class Web(ThreadingHTTPServer):
    """The server, with what it has been asked."""

    daemon_threads = True

    def __init__(self, robots: str | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Condition()
        self.word = threading.Event()
        self.seen: list[tuple[str, str, str]] = []
        self.under_way = self.most_under_way = self.written = 0
        self.robots = robots

    def enter(self, request: tuple[str, str, str]) -> None:
        """Notes a request."""
        with self.lock:
            self.seen.append(request)
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            self.lock.notify_all()

    def leave(self) -> None:
        """One request fewer is under way."""
        with self.lock:
            self.under_way -= 1

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """The full address of a path."""
        return f"http://{host}:{self.server_port}{path}"

    def asked(self, path: str) -> list[str]:
        """The methods by which a path was asked for, in order."""
        return [command for command, seen, _ in self.seen if seen == path]


@contextmanager
def closed_port() -> Iterator[int]:
    """A port of this machine that is taken, so that nobody else gets it, and at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@contextmanager
def web(robots: str | None = None) -> Iterator[Web]:
    """A running server."""
    server = Web(robots)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
