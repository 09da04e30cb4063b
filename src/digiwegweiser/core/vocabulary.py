"""The closed vocabularies that firms, offers and rules share."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a rule finds; unknown is an answer of its own and never counts as met or not met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Eligibility(StrEnum):
    """Strong Kleene and over the verdicts of the hard rules."""

    YES = "yes"
    OPEN = "open"
    NO = "no"


class Sector(StrEnum):
    """Economic sectors as offers name them; ANY on an offer means small and medium firms of every sector."""

    CRAFT = "craft"
    INDUSTRY = "industry"
    COMMERCE = "commerce"
    SERVICES = "services"
    IT = "it"
    PROFESSIONS = "professions"
    STARTUP = "startup"
    AGRICULTURE = "agriculture"
    ANY = "any"


class TradeGroup(StrEnum):
    """The seven Gewerbegruppen of the Handwerkszählung (Destatis)."""

    CONSTRUCTION = "construction"
    FINISHING = "finishing"
    COMMERCIAL_NEEDS = "commercial_needs"
    VEHICLES = "vehicles"
    FOOD = "food"
    HEALTH = "health"
    PRIVATE_NEEDS = "private_needs"


class Kind(StrEnum):
    """What an offer is."""

    CENTER = "center"
    CHAMBER = "chamber"
    HUB = "hub"
    GRANT = "grant"
    VOUCHER = "voucher"
    CONSULTING_SUBSIDY = "consulting_subsidy"
    COACHING = "coaching"
    LOAN = "loan"
    GUARANTEE = "guarantee"
    SELF_CHECK = "self_check"
    TRAINING = "training"
    HOTLINE = "hotline"
    NETWORK = "network"
    INITIATIVE = "initiative"
    COMPETITION = "competition"


class Status(StrEnum):
    """What the sources say of an offer on the day they were checked."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    ANNOUNCED = "announced"
    UNVERIFIED = "unverified"


class State(StrEnum):
    """What holds for an offer on the day asked for."""

    NOT_YET = "not_yet"
    OPEN = "open"
    PAUSED = "paused"
    ENDED = "ended"
    UNVERIFIED = "unverified"

    @property
    def is_living(self) -> bool:
        """Whether firms can be sent there: open, or not known to be otherwise."""
        return self in (State.OPEN, State.UNVERIFIED)


class Service(StrEnum):
    """How an offer serves a need."""

    CORE = "core"
    """Made for it."""
    ALSO = "also"
    """Covers it, too; money covers the need of financing."""
    MEANS = "means"
    """Made for another need, which helps here as a means."""
    MEMBERS = "members"
    """Only as a chamber: its adviser is the first address for any question of a member (§ 91 HwO, § 1 IHKG)."""
    NONE = "none"


class Confidence(StrEnum):
    """How well an entry is sourced."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Level(StrEnum):
    """How wide an offer reaches."""

    BUND = "bund"
    LAND = "land"
    REGION = "region"
    KREIS = "kreis"
    ORT = "ort"


class Form(StrEnum):
    """In which form an offer gives money; NONE and ADVICE pay the firm nothing."""

    NONE = "none"
    ADVICE = "advice"
    GRANT = "grant"
    LOAN = "loan"
    REPAYMENT_GRANT = "repayment_grant"
    GUARANTEE = "guarantee"
    TAX = "tax"

    @property
    def pays(self) -> bool:
        """Whether the firm gets money, a loan or a tax relief."""
        return self not in (Form.NONE, Form.ADVICE)


class CostKind(StrEnum):
    """What using the offer costs the firm."""

    FREE = "free"
    SUBSIDISED = "subsidised"
    INTEREST = "interest"
    PAID = "paid"


class Expense(StrEnum):
    """What the money of a project is spent on."""

    ADVICE = "advice"
    TRAINING = "training"
    SOFTWARE = "software"
    HARDWARE = "hardware"
    WEBSITE = "website"
    DEVELOPMENT = "development"
    """Own research and development, or an order to somebody who does it."""
    WAGES = "wages"
    LIVING = "living"
    """A founder's living costs."""
    IP_RIGHTS = "ip_rights"
    STANDARDS = "standards"

    @property
    def is_investment(self) -> bool:
        """Whether a firm that plans a project means these costs without saying more."""
        return self in (Expense.SOFTWARE, Expense.HARDWARE, Expense.WEBSITE)


#: ISO 3166-2 code and name by the first two digits of the official municipality key (AGS).
LAENDER: dict[str, tuple[str, str]] = {
    "01": ("DE-SH", "Schleswig-Holstein"),
    "02": ("DE-HH", "Hamburg"),
    "03": ("DE-NI", "Niedersachsen"),
    "04": ("DE-HB", "Bremen"),
    "05": ("DE-NW", "Nordrhein-Westfalen"),
    "06": ("DE-HE", "Hessen"),
    "07": ("DE-RP", "Rheinland-Pfalz"),
    "08": ("DE-BW", "Baden-Württemberg"),
    "09": ("DE-BY", "Bayern"),
    "10": ("DE-SL", "Saarland"),
    "11": ("DE-BE", "Berlin"),
    "12": ("DE-BB", "Brandenburg"),
    "13": ("DE-MV", "Mecklenburg-Vorpommern"),
    "14": ("DE-SN", "Sachsen"),
    "15": ("DE-ST", "Sachsen-Anhalt"),
    "16": ("DE-TH", "Thüringen"),
}

#: How many Kreise and kreisfreie Städte each Land has.
KREISE_OF_LAND: dict[str, int] = {
    "DE-SH": 15, "DE-HH": 1, "DE-NI": 45, "DE-HB": 2, "DE-NW": 53, "DE-HE": 27, "DE-RP": 36, "DE-BW": 44,
    "DE-BY": 96, "DE-SL": 6, "DE-BE": 1, "DE-BB": 18, "DE-MV": 8, "DE-SN": 13, "DE-ST": 14, "DE-TH": 22,
}  # fmt: skip

LAND_NAMES: dict[str, str] = dict(LAENDER.values())


def land_of(ags: str) -> str:
    """The ISO code of the Land that a Kreis or Gemeinde key lies in."""
    return LAENDER[ags[:2]][0]
