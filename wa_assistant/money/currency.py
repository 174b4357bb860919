"""Money as people read it: in dollars, in which it is charged, and in the team's own currency."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_currency, get_currency_precision

from ..settings.exchange import DOLLAR, Exchange
from .lines import MILLION

MOST_PLACES = 6  # a micro-dollar
DOLLAR_SIGN = "US$"  # also where a language has a shorter one: others have dollars, too
DIGITS, ROUGH_DIGITS = 3, 1  # that tell something, of an amount below one


def written(micro_dollars: int, exchange: Exchange, locale: Locale) -> str:
    """ "US$ 0,0123 · R$ 0,07"; dollars alone where there is no rate, or nothing else is wanted."""
    dollars = in_dollars(micro_dollars, locale)
    own = in_own(micro_dollars, exchange, locale)
    return f"{dollars} · {own}" if own else dollars


def in_dollars(micro_dollars: int, locale: Locale) -> str:
    return _format(Decimal(micro_dollars) / MILLION, DOLLAR, DIGITS, locale)


def exactly(micro_dollars: int, locale: Locale) -> str:
    """A price in dollars, to its last place."""
    return _format(Decimal(micro_dollars) / MILLION, DOLLAR, None, locale)


def in_own(micro_dollars: int, exchange: Exchange, locale: Locale) -> str:
    """Rougher than dollars are: the rate was another one when it was charged. "" where there is
    none."""
    if exchange.rate is None or exchange.currency == DOLLAR:
        return ""
    amount = Decimal(micro_dollars) / MILLION * exchange.rate
    return _format(amount, exchange.currency, ROUGH_DIGITS, locale)


def _format(amount: Decimal, currency: str, digits: int | None, locale: Locale) -> str:
    """With as many places as so many `digits` of an amount below one take (None: as all take), and
    never fewer than usual."""
    least = get_currency_precision(currency)
    # Of 0.0123 the first digit that tells something is in the second place.
    first = max(0, -amount.adjusted()) if amount else 0
    wanted = MOST_PLACES if digits is None else first + digits - 1 if first else 0
    places = max(least, min(wanted, MOST_PLACES))
    pattern = f"¤ #,##0{'.' if places else ''}{'0' * least}{'#' * (places - least)}"
    text = format_currency(amount, currency, pattern, locale=locale, currency_digits=False)
    sign = locale.currency_symbols.get(currency, currency)
    return text.replace(sign, DOLLAR_SIGN, 1) if currency == DOLLAR else text
