"""The closed list of needs, and the words by which owners name them."""

from typing import NamedTuple


class NeedGroup(NamedTuple):
    """One heading of the interview's list of needs."""

    code: str
    label: str


class Need(NamedTuple):
    """One need of the closed list; the notation of the word lines is described in data/needs.yaml."""

    code: str
    group: str
    """Code of the need's NeedGroup."""
    label: str
    question: str
    """The need as an owner would say it."""
    words: tuple[str, ...]
    """Lines that each say this need."""
    weak: tuple[str, ...] = ()
    """Lines that count only with a second sign of this need, or where the whole text says nothing stronger."""
    how: tuple[str, ...] = ()
    """Lines that say this need by what is used; what it is used for may be said by weak lines of other needs."""
    means: frozenset[str] = frozenset()
    """Codes of needs whose offers help here too, as a means: general advice, or money for technology."""
    is_aside: bool = False
    """Whether it says how rather than what (money): stated alone, it leaves room for weak signs of other needs."""
    emergency: tuple[str, ...] = ()
    """Lines that say this need and that help is needed at once."""


class Negation(NamedTuple):
    """How owners say that they do not want something; single words in the notation of data/needs.yaml."""

    nouns: tuple[str, ...] = ()
    """Refuse the noun that follows ("kein Onlineshop")."""
    clauses: tuple[str, ...] = ()
    """Refuse all that follows in their clause ("weder Kredit noch Zuschuss")."""
    verbs: tuple[str, ...] = ()
    """Refuse together with a word of wanting ("brauchen wir nicht")."""
    wanting: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    """With these in its clause, a negated noun is missed, not refused ("wir haben kein Backup")."""
    dismissals: tuple[str, ...] = ()
    """Negated, these refuse the whole clause ("kein Thema")."""
    harmless: tuple[str, ...] = ()
    """Right after a negation, these take its force ("nicht mehr")."""
    settled: tuple[str, ...] = ()
    """At the end of a clause, after a word of having, these say that it is there already ("haben wir schon")."""
    having: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    """Begin a new clause, as a comma does ("sondern")."""
    burdens: tuple[str, ...] = ()
    """What owners want to be rid of: negating these states the need ("ohne Zettel")."""


class Calm(NamedTuple):
    """How owners tell of an attack that does not go on: feared, prevented, long past, or another's."""

    clauses: tuple[str, ...] = ()
    """Lines that calm the whole clause in which they stand ("Schutz vor Hackern")."""
    onward: tuple[str, ...] = ()
    """Lines that calm what follows them in their clause ("wir wollen nicht gehackt werden")."""
    inheriting: tuple[str, ...] = ()
    """At its start, these let a clause be as calm as the one before ("Angst, dass …")."""
    negations: tuple[str, ...] = ()
    """Deny the words right behind them ("noch nie gehackt") …"""
    harmless: tuple[str, ...] = ()
    """… unless one of these follows in the clause ("geht nicht mehr")."""


class Leftover(NamedTuple):
    """How a list of wishes is told from a sentence, so that a part that was not understood can be named."""

    joiners: tuple[str, ...] = ()
    """Join the wishes of a list ("und")."""
    filler: tuple[str, ...] = ()
    """Are no wish, however they stand."""


class NeedVocabulary(NamedTuple):
    """The parsed data/needs.yaml, in the order of the file."""

    groups: tuple[NeedGroup, ...]
    needs: tuple[Need, ...]
    negation: Negation
    word_fields: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Names and words of the word fields that lines name as <name>."""
    calm: Calm = Calm()
    leftover: Leftover = Leftover()
