"""Which answers are to be reckoned with, given what is known of the firm: nobody is asked for what his size settles."""

from digiwegweiser.core.firm import Firm

#: Euros of yearly turnover, and of balance total, beyond which one head is out of the ordinary. The three classes of
#: the EU definition (2, 10 and 50 million for 10, 50 and 250 heads: Empfehlung 2003/361/EG, Anhang Art. 2) give each
#: head 200,000; ten times that leaves room for all but trade in goods that pass through by the tanker load.
EUROS_PER_HEAD = 2_000_000

_MONEY_OF_A_YEAR = frozenset({"turnover_eur", "balance_eur"})


def is_plausible(attribute: str, value: float, firm: Firm) -> bool:
    """Whether a value has to be reckoned with; without a head count every value has.

    Meant for what is asked and what may flip, never for a verdict: what the firm has not told stays unknown to the
    rules and is told as unknown, so that a rare firm above the line loses a question and no offer.
    """
    if attribute not in _MONEY_OF_A_YEAR or firm.employees is None:
        return True
    # An owner may or may not be among those counted; the doubt is his. And a firm that has told of more is above all
    # lines, whatever its size.
    known = max(firm.turnover_eur or 0, firm.balance_eur or 0)
    return value <= max((firm.employees + 1) * EUROS_PER_HEAD, known)
