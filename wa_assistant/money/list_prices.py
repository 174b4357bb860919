"""Our own price list, in dollars as those who charge them say them; an owner's price goes before.

Each line has the day since which it is so, as far as that is known, and how sure it is. Where a
price changes, a line is added and the old one stays: what was spent before was spent by it. A model
with a date in its name ("gpt-5-mini-2025-08-07") costs what the one without costs.
"""

from datetime import date
from decimal import Decimal

from ..models import Category, Fee, PriceKind
from .lines import MILLION, Line, Sureness, TokenPrice, What

HIGH, MEDIUM, LOW = Sureness.HIGH, Sureness.MEDIUM, Sureness.LOW

# For a million tokens: read, cached, said, and written to the cache where that costs more.
MODELS = (
    ("gpt-6-luna", "2026-09-22", HIGH, ("0.10", "0.01", "0.50", "0.125")),
    ("gpt-6-sol", "2026-09-22", HIGH, ("2.00", "0.20", "10.00", "2.50")),
    ("gpt-6-astra", "2026-09-03", MEDIUM, ("10.00", "1.00", "50.00", "12.50")),
    ("gpt-6.1-sol", "2026-09-30", MEDIUM, ("2.00", "0.10", "10.00", "2.50")),
    ("gpt-5.6-luna", "2026-07-09", HIGH, ("1.00", "0.10", "6.00", "1.25")),
    ("gpt-5.6-luna", "2026-07-30", HIGH, ("0.20", "0.02", "1.20", "0.25")),
    ("gpt-5.6-terra", "2026-07-09", HIGH, ("2.50", "0.25", "15.00", "3.125")),
    ("gpt-5.6-terra", "2026-07-30", HIGH, ("2.00", "0.20", "12.00", "2.50")),
    ("gpt-5.6-sol", "2026-07-09", MEDIUM, ("5.00", "0.50", "30.00", "6.25")),
    ("gpt-5.6-sol", "2026-09-22", LOW, ("4.00", "0.40", "20.00", "5.00")),
    ("gpt-5.4-mini", "2026-03-17", MEDIUM, ("0.75", "0.075", "4.50")),
    ("gpt-5.4-nano", "2026-03-17", LOW, ("0.20", "0.02", "1.25")),
    ("gpt-5.1", "2025-11-13", HIGH, ("1.25", "0.125", "10.00")),
    ("gpt-5", "2025-08-07", HIGH, ("1.25", "0.125", "10.00")),
    ("gpt-5-mini", "2025-08-07", HIGH, ("0.25", "0.025", "2.00")),
    ("gpt-5-nano", "2025-08-07", HIGH, ("0.05", "0.005", "0.40")),
    ("gpt-4.1", "2025-04-14", HIGH, ("2.00", "0.50", "8.00")),
    ("gpt-4.1-mini", "2025-04-14", HIGH, ("0.40", "0.10", "1.60")),
    ("gpt-4.1-nano", "2025-04-14", HIGH, ("0.10", "0.025", "0.40")),
    ("gpt-4o", "2024-10-02", HIGH, ("2.50", "1.25", "10.00")),
    ("gpt-4o-mini", "2024-07-18", HIGH, ("0.15", "0.075", "0.60")),
)
# For a minute. Those of the 4o family are billed in tokens, and OpenAI says what that comes to.
TRANSCRIPTIONS = (
    ("gpt-transcribe", "2026-11-01", HIGH, "0.0045"),
    ("gpt-4o-transcribe", "2025-03-20", MEDIUM, "0.006"),
    ("gpt-4o-mini-transcribe", "2025-03-20", MEDIUM, "0.003"),
    ("whisper-1", "2023-03-01", HIGH, "0.006"),
)
# For a million tokens.
EMBEDDINGS = (
    ("text-embedding-3-small", "2024-01-25", HIGH, "0.02"),
    ("text-embedding-3-large", "2024-01-25", HIGH, "0.13"),
    ("text-embedding-ada-002", "2023-06-13", HIGH, "0.10"),
)
# WhatsApp's for a delivered message, by the country of who gets it: marketing, and all else. What
# is written in the window was free until October 2026.
CHARGED_SINCE = "2026-10-01"
COUNTRIES = (
    ("AR", "2026-10-01", MEDIUM, "0.0618", "0.0260"),
    ("BR", "2026-01-01", MEDIUM, "0.0625", "0.0068"),
    ("CA", "2026-10-01", LOW, "0.0250", "0.0034"),
    ("CL", "2026-10-01", MEDIUM, "0.0889", "0.0200"),
    ("CO", "2026-10-01", MEDIUM, "0.0125", "0.0008"),
    ("US", "2026-10-01", LOW, "0.0250", "0.0034"),
)
# Twilio's for a message.
FEES = (
    (Fee.INBOUND, "2025-07-01", HIGH, "0.005"),
    (Fee.OUTBOUND, "2025-07-01", HIGH, "0.005"),
    (Fee.FAILED, "2025-07-01", HIGH, "0.001"),
)
# Service messages a month and number.
FREE_SERVICE_MESSAGES = Line(
    What(PriceKind.ALLOWANCE, Category.SERVICE),
    1_000,
    date.fromisoformat(CHARGED_SINCE),
    sureness=LOW,
)


def micro(dollars: str) -> int:
    return int(Decimal(dollars) * MILLION)


def _tokens(read: str, cached: str, said: str, written: str | None = None) -> TokenPrice:
    return TokenPrice(micro(read), micro(cached), micro(said), micro(written or read))


def _line(what: What, price: TokenPrice | int, since: str, sureness: Sureness) -> Line:
    return Line(what, price, date.fromisoformat(since), sureness=sureness)


def _messages(country: str, since: str, sureness: Sureness, most: str, other: str) -> list[Line]:
    prices = {
        Category.MARKETING: (since, most),
        Category.UTILITY: (since, other),
        Category.AUTHENTICATION: (since, other),
        Category.SERVICE: (CHARGED_SINCE, other),
    }
    return [
        _line(What(PriceKind.MESSAGE, category, country), micro(dollars), day, sureness)
        for category, (day, dollars) in prices.items()
    ]


LIST = (
    *(_line(What(PriceKind.TOKENS, m), _tokens(*told), day, how) for m, day, how, told in MODELS),
    *(
        _line(What(kind, name), micro(dollars), day, how)
        for kind, lines in (
            (PriceKind.TRANSCRIPTION, TRANSCRIPTIONS),
            (PriceKind.EMBEDDING, EMBEDDINGS),
            (PriceKind.FEE, FEES),
        )
        for name, day, how, dollars in lines
    ),
    *(line for country in COUNTRIES for line in _messages(*country)),
    FREE_SERVICE_MESSAGES,
)
