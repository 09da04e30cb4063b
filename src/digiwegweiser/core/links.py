"""The addresses that a catalogue names, and what a visit to one of them tells: never an offer's state."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import urlsplit

from digiwegweiser.core.offer import Offer


class Grade(StrEnum):
    """How an address did, best last."""

    GONE = "gone"
    """No longer there: look for the new address, or for what became of the offer."""
    CHANGED = "changed"
    """Something answers, but hardly what was meant: a person must look."""
    MOVED = "moved"
    """There for good under another address of the same site."""
    ERROR = "error"
    """No answer this time; says nothing yet."""
    BLOCKED = "blocked"
    """Closed to programs; a person can look."""
    OK = "ok"


class Cause(StrEnum):
    """What the grade rests on."""

    REACHED = "reached"
    REDIRECTED = "redirected"
    """For the time being, within the site."""
    PERMANENT = "permanent"
    """Redirected for good, within the site."""
    OTHER_SITE = "other_site"
    HOME_PAGE = "home_page"
    """A page deep in the site now leads to its front door: how many sites hide what they have taken away."""
    SAYS_MISSING = "says_missing"
    """The title says that there is nothing, though the status does not."""
    NOT_FOUND = "not_found"
    NO_SUCH_HOST = "no_such_host"
    FORBIDDEN = "forbidden"
    TOO_MANY = "too_many"
    CHALLENGE = "challenge"
    """A page that asks whether the visitor is a human."""
    ROBOTS = "robots"
    """The site's robots.txt asks programs to stay away."""
    KNOWN_BLOCKER = "known_blocker"
    SERVER_ERROR = "server_error"
    REFUSED = "refused"
    """Any other answer that is no page."""
    TIMEOUT = "timeout"
    TLS = "tls"
    UNREACHABLE = "unreachable"
    LOOP = "loop"
    NOT_PUBLIC = "not_public"
    """An address within a network of one's own, where no program is sent by a file or a foreign server."""
    BAD_ADDRESS = "bad_address"


class Hop(NamedTuple):
    """One redirect: its status and where it led."""

    status: int
    to: str


class Visit(NamedTuple):
    """What happened at an address: the redirects, then a status or what stood in the way."""

    url: str
    hops: tuple[Hop, ...] = ()
    status: int | None = None
    trouble: Cause | None = None
    title: str | None = None


class Rating(NamedTuple):
    """A grade with its cause, and the new address of what has moved."""

    grade: Grade
    cause: Cause
    address: str | None = None


class Use(NamedTuple):
    """Where the catalogue names an address."""

    id: str
    key: str


class Checked(NamedTuple):
    """One address, all its uses, and how it did."""

    visit: Visit
    rating: Rating
    uses: tuple[Use, ...]


def addresses(offers: Iterable[Offer]) -> Mapping[str, tuple[Use, ...]]:
    """Every address of the offers, each once, with its uses; in the order of the ids."""
    found: dict[str, list[Use]] = {}
    for offer in sorted(offers, key=lambda offer: offer.id):
        named = [("contact.url", offer.contact.url), ("contact.application_url", offer.contact.application_url)]
        named += [("sources", source.url) for source in offer.sources]
        for key, url in named:
            if url is not None:
                found.setdefault(url, []).append(Use(offer.id, key))
    return {url: tuple(uses) for url, uses in found.items()}


_TROUBLES = {
    Cause.NO_SUCH_HOST: Grade.GONE,
    Cause.ROBOTS: Grade.BLOCKED,
    Cause.KNOWN_BLOCKER: Grade.BLOCKED,
}
_STATUSES = {
    401: (Grade.BLOCKED, Cause.FORBIDDEN),
    403: (Grade.BLOCKED, Cause.FORBIDDEN),
    404: (Grade.GONE, Cause.NOT_FOUND),
    410: (Grade.GONE, Cause.NOT_FOUND),
    429: (Grade.BLOCKED, Cause.TOO_MANY),
}
PERMANENT = frozenset({301, 308})
_MISSING = re.compile(
    r"\b404\b|\bnicht gefunden\b|\bnot found\b|\bexistiert nicht\b|\bdomain\b.*\b(zu verkaufen|for sale)\b",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"captcha|just a moment|are you a robot|access denied|zugriff verweigert|attention required", re.IGNORECASE
)
#: Paths of front doors.
_HOME = frozenset({"", "de", "home", "index.html", "index.php", "startseite"})


def judge(visit: Visit) -> Rating:
    """The grade of a visit."""
    if visit.trouble is not None:
        return Rating(_TROUBLES.get(visit.trouble, Grade.ERROR), visit.trouble)
    status = visit.status or 0
    if status in _STATUSES:
        return Rating(*_STATUSES[status])
    if not 200 <= status < 300:
        return Rating(Grade.ERROR, Cause.SERVER_ERROR if status >= 500 else Cause.REFUSED)
    if visit.title is not None and _CHALLENGE.search(visit.title):
        return Rating(Grade.BLOCKED, Cause.CHALLENGE)
    if visit.title is not None and _MISSING.search(visit.title):
        return Rating(Grade.CHANGED, Cause.SAYS_MISSING)
    return _judge_way(visit) if visit.hops else Rating(Grade.OK, Cause.REACHED)


def _judge_way(visit: Visit) -> Rating:
    """The grade of a page that was reached by redirects."""
    end = visit.hops[-1].to
    if site_of(end) != site_of(visit.url):
        return Rating(Grade.CHANGED, Cause.OTHER_SITE, end)
    if _is_home(end) and not _is_home(visit.url):
        return Rating(Grade.CHANGED, Cause.HOME_PAGE, end)
    if visit.hops[0].status not in PERMANENT:
        return Rating(Grade.OK, Cause.REDIRECTED)
    lasting = takewhile(lambda hop: hop.status in PERMANENT, visit.hops)
    return Rating(Grade.MOVED, Cause.PERMANENT, [hop.to for hop in lasting][-1])


def site_of(url: str) -> str:
    """What belongs to one operator as far as names tell: the last two parts of a host's name, or its number."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    is_number = ":" in host or host.replace(".", "").isdigit()
    return host if is_number else ".".join(host.split(".")[-2:])


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.strip("/").lower() in _HOME and not parts.query
