"""Visits to the addresses of a catalogue: the only file that opens network connections.

Polite: one request at a time per host with a pause after each, few at once over all, as long a wait as a server asks
for, robots.txt obeyed, and of a page no more read than its title. Careful: only public addresses, every size and time
limited, so that neither a file nor a foreign server can send it anywhere or keep it busy.
"""

import asyncio
import re
import socket
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from email.utils import parsedate_to_datetime
from html import unescape
from ipaddress import ip_address
from typing import NamedTuple
from urllib.request import getproxies
from urllib.robotparser import RobotFileParser

import httpx

from digiwegweiser.core.links import Cause, Hop, Visit

NAME = "digiwegweiser"
_HEADERS = {
    "User-Agent": f"{NAME} (Linkpruefung eines Katalogs; ruft jede Adresse einmal auf)",
    "Accept": "text/html, */*;q=0.5",
    "Accept-Language": "de",
    # Nothing is unpacked, so nothing can be packed to burst.
    "Accept-Encoding": "identity",
}
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_SILENCE = (Cause.NO_SUCH_HOST, Cause.UNREACHABLE, Cause.TIMEOUT)
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9a-fA-F:.]+")
_HIGHEST_PORT = 65_535
LONGEST_TITLE = 200
TOO_MANY_REQUESTS = 429
#: The second is known to some systems only.
_NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


#: Addresses at other hosts may be down; that so many in a row and not one other answers, is the line's fault.
SILENT_BEFORE_GIVING_UP = 20


class Offline(Exception):
    """Nothing answers at all."""


class Manners(NamedTuple):
    """How visits are made; seconds unless the name says otherwise."""

    pause: float = 1.0
    """After each request to a host."""
    at_once: int = 8
    """Requests under way over all hosts."""
    timeout: float = 20.0
    """For connecting and for each wait; a whole request may take three times as long."""
    retries: int = 2
    backoff: float = 2.0
    """Before the first retry; doubled for each further one."""
    longest_wait: float = 60.0
    """A server that asks for more is left alone for this run."""
    most_bytes: int = 65_536
    most_hops: int = 8
    may_go_inside: bool = False
    """Whether hosts within one's own network may be visited; for tests."""


class _Answer(NamedTuple):
    """What one request brought."""

    status: int | None = None
    trouble: Cause | None = None
    location: str | None = None
    is_page: bool = False
    text: str = ""
    wait: float | None = None
    """Seconds that the server asks to wait."""

    @property
    def is_passing(self) -> bool:
        """Whether a later try may bring something else."""
        return self.trouble in (Cause.TIMEOUT, Cause.UNREACHABLE) or self.status == TOO_MANY_REQUESTS or self.is_broken

    @property
    def is_broken(self) -> bool:
        """Whether the server failed."""
        return self.status is not None and self.status >= 500

    @property
    def is_settled(self) -> bool:
        """Whether a HEAD request told all there is: a redirect, or something that is there and has no title."""
        return self.location is not None or (self.status is not None and self.status < 300 and not self.is_page)


def visit_all(
    urls: Iterable[str],
    blockers: Mapping[str, str],
    on_done: Callable[[Visit], None] = lambda visit: None,
    manners: Manners | None = None,
) -> list[Visit]:
    """A visit to each address, in the given order; hosts in `blockers` are not asked.

    Raises Offline as soon as it looks as if no address could be reached.
    """
    return asyncio.run(_visit_all(list(urls), blockers, on_done, manners or Manners()))


async def _visit_all(
    urls: list[str], blockers: Mapping[str, str], on_done: Callable[[Visit], None], manners: Manners
) -> list[Visit]:
    try:
        client = httpx.AsyncClient(headers=_HEADERS, timeout=manners.timeout, follow_redirects=False)
    except (ImportError, ValueError):
        # A proxy of a kind that is not known here, as SOCKS.
        raise Offline from None
    async with client:
        visitor = _Visitor(client, blockers, manners)

        async def one(url: str) -> Visit:
            try:
                visit = await visitor.visit(url)
            except Exception:
                # Whatever a foreign server makes a library stumble over must not cost all the other visits.
                visit = Visit(url, trouble=Cause.UNREACHABLE)
            visitor.note(visit)
            on_done(visit)
            return visit

        return list(await asyncio.gather(*(one(url) for url in urls)))


class _Visitor:
    """Visits addresses, keeping to the manners over all of them."""

    def __init__(self, client: httpx.AsyncClient, blockers: Mapping[str, str], manners: Manners) -> None:
        self.client, self.blockers, self.manners = client, blockers, manners
        self.turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.places = asyncio.Semaphore(manners.at_once)
        self.robots: dict[str, asyncio.Task[RobotFileParser]] = {}
        self.has_answer, self.silent = False, 0
        # A proxy resolves names itself; whether it lets anybody in is its own affair.
        self.has_proxy = bool({"http", "https", "all"} & set(getproxies()))

    def note(self, visit: Visit) -> None:
        """Counts a visit. Raises Offline if nothing has answered yet and enough have been tried."""
        self.has_answer = self.has_answer or visit.status is not None or bool(visit.hops)
        self.silent += visit.trouble in _SILENCE
        if not self.has_answer and self.silent >= SILENT_BEFORE_GIVING_UP:
            raise Offline

    async def visit(self, url: str) -> Visit:
        """The way from an address to where its redirects end."""
        hops: list[Hop] = []
        while True:
            here = hops[-1].to if hops else url
            answer = await self._ask(here)
            if answer.location is None:
                return Visit(url, tuple(hops), answer.status, answer.trouble, _title(answer))
            is_round = answer.location in (url, *(hop.to for hop in hops))
            hops.append(Hop(answer.status or 0, answer.location))
            if is_round or len(hops) > self.manners.most_hops:
                return Visit(url, tuple(hops), trouble=Cause.LOOP)

    async def _ask(self, address: str) -> _Answer:
        """What an address answers: HEAD first, and GET where that is refused or a page may have a title."""
        try:
            url = httpx.URL(address)
        except (httpx.InvalidURL, ValueError):
            return _Answer(trouble=Cause.BAD_ADDRESS)
        trouble = await self._hindrance(url)
        if trouble is not None:
            return _Answer(trouble=trouble)
        answer = await self._request("HEAD", url)
        return answer if answer.is_settled or self._asks_too_much(answer) else await self._get(url)

    async def _get(self, url: httpx.URL) -> _Answer:
        """What GET answers, tried again where a later try may bring something else."""
        for attempt in range(self.manners.retries + 1):
            answer = await self._request("GET", url, attempt)
            if not answer.is_passing or self._asks_too_much(answer):
                break
        return answer

    def _asks_too_much(self, answer: _Answer) -> bool:
        """Whether the server asks for a longer pause than this run can make."""
        return answer.wait is not None and answer.wait > self.manners.longest_wait

    async def _hindrance(self, url: httpx.URL) -> Cause | None:
        """Why an address is not visited."""
        if url.scheme not in ("http", "https") or url.userinfo or not _HOST.fullmatch(url.raw_host):
            return Cause.BAD_ADDRESS
        if url.port is not None and not 0 < url.port <= _HIGHEST_PORT:
            return Cause.BAD_ADDRESS
        if url.host in self.blockers:
            return Cause.KNOWN_BLOCKER
        if not (self.manners.may_go_inside or self.has_proxy):
            trouble = await _unsuitable_host(url.raw_host.decode("ascii"))
            if trouble is not None:
                return trouble
        rules = await self._rules(url)
        return None if rules.can_fetch(NAME, str(url)) else Cause.ROBOTS

    async def _rules(self, url: httpx.URL) -> RobotFileParser:
        """The robots.txt of a site, read once; where there is none, nothing is forbidden."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        if origin not in self.robots:
            self.robots[origin] = asyncio.create_task(self._read_rules(httpx.URL(f"{origin}/robots.txt")))
        return await self.robots[origin]

    async def _read_rules(self, url: httpx.URL) -> RobotFileParser:
        answer = await self._request("GET", url)
        lines = answer.text.splitlines() if answer.status == httpx.codes.OK and not answer.is_page else []
        rules = RobotFileParser()
        rules.parse([line for line in lines if _is_rule(line)])
        return rules

    async def _request(self, method: str, url: httpx.URL, attempt: int = 0) -> _Answer:
        """One request when it is the host's turn, and the pause that follows it."""
        async with self.turns[url.host]:
            async with self.places:
                answer = await self._send(method, url)
            await asyncio.sleep(self._pause_after(answer, attempt))
        return answer

    def _pause_after(self, answer: _Answer, attempt: int) -> float:
        if not answer.is_passing or self._asks_too_much(answer):
            return self.manners.pause
        return max(self.manners.pause, self.manners.backoff * 2**attempt if answer.wait is None else answer.wait)

    async def _send(self, method: str, url: httpx.URL) -> _Answer:
        try:
            async with asyncio.timeout(3 * self.manners.timeout), self.client.stream(method, url) as response:
                return await self._read(response)
        except (httpx.TimeoutException, TimeoutError):
            return _Answer(trouble=Cause.TIMEOUT)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            return _Answer(trouble=Cause.BAD_ADDRESS)
        except (httpx.HTTPError, OSError, ValueError) as error:
            return _Answer(trouble=Cause.TLS if _is_about_tls(error) else Cause.UNREACHABLE)

    async def _read(self, response: httpx.Response) -> _Answer:
        location = response.headers.get("Location")
        if response.is_redirect and location is not None:
            return _Answer(response.status_code, location=_joined(response.url, location))
        is_page = "html" in response.headers.get("Content-Type", "")
        text = await self._text(response) if response.request.method == "GET" and response.is_success else ""
        return _Answer(response.status_code, is_page=is_page, text=text, wait=_wait(response))

    async def _text(self, response: httpx.Response) -> str:
        """The first part of a body; nothing where it is packed although that was not asked for."""
        if response.headers.get("Content-Encoding", "identity") != "identity":
            return ""
        body = b""
        async for part in response.aiter_raw():
            body += part
            if len(body) >= self.manners.most_bytes or b"</title" in body:
                break
        encoding = response.charset_encoding or "utf-8"
        try:
            return body[: self.manners.most_bytes].decode(encoding, "replace")
        except (LookupError, UnicodeError):
            return body[: self.manners.most_bytes].decode("utf-8", "replace")


def _is_rule(line: str) -> bool:
    """Whether a line of a robots.txt can be read: Python's reader stumbles over some, and the others still count."""
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


async def _unsuitable_host(host: str) -> Cause | None:
    """Why a host can't be visited: it does not exist, or one of its addresses is not public."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        # Anything else may be the line's fault, not the name's.
        return Cause.NO_SUCH_HOST if error.errno in _NO_SUCH_NAME else Cause.UNREACHABLE
    except (UnicodeError, OSError):
        return Cause.BAD_ADDRESS
    # A link-local address carries its network's name after a percent sign.
    inside = (not ip_address(str(info[4][0]).partition("%")[0]).is_global for info in found)
    return Cause.NOT_PUBLIC if any(inside) else None


def _is_about_tls(error: BaseException | None) -> bool:
    """Whether a fault in the encryption or the certificate lies behind an error."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _joined(base: httpx.URL, location: str) -> str:
    """The full address of a redirect, without the part that only browsers read."""
    try:
        return str(base.join(location).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError):
        return location


def _wait(response: httpx.Response) -> float | None:
    """The seconds of a Retry-After header; a date is counted from the server's own."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(response.headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _title(answer: _Answer) -> str | None:
    """The title of a page in one line."""
    found = _TITLE.search(answer.text) if answer.is_page else None
    return None if found is None else " ".join(unescape(found[1]).split())[:LONGEST_TITLE]
