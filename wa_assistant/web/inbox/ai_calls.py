"""What a call to a model was for, what came of it and what it cost, as it is written on a page."""

from flask import Flask
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...models import AiCall, CallKind, Outcome
from ..shell.labels import money

KINDS = {
    CallKind.ANSWER: _l("Answer"),
    CallKind.TRANSCRIPTION: _l("Voice written down"),
    CallKind.SUGGESTION: _l("Suggestion"),
    CallKind.SUMMARY: _l("Summary"),
    CallKind.QUERY: _l("Looked up in the documents"),
}
# What need not be said of each: that it was answered.
OUTCOMES = {
    Outcome.UNDER_WAY: _l("under way"),
    Outcome.LOST: _l("never heard of again"),
    Outcome.RATE_LIMITED: _l("put off by the server"),
    Outcome.QUOTA_SPENT: _l("refused: no credit"),
    Outcome.UNAVAILABLE: _l("not answered"),
    Outcome.REJECTED: _l("refused by the server"),
    Outcome.UNUSABLE: _l("not usable"),
    Outcome.TOO_LONG: _l("too long"),
    Outcome.SHORTER: _l("asked for again, shorter"),
    Outcome.CUT: _l("too long, cut"),
    Outcome.OBSOLETE: _l("discarded: they wrote on"),
}


def init_app(app: Flask) -> None:
    for of_name in (call_kind, call_outcome):
        app.add_template_filter(of_name)
    for of_call in (call_tokens, call_cost):
        app.add_template_filter(of_call)


def call_kind(kind: str) -> str:
    return str(KINDS.get(CallKind(kind), kind))


def call_outcome(outcome: str) -> str:
    """Nothing of what was simply answered."""
    return str(OUTCOMES.get(Outcome(outcome), ""))


def call_tokens(call: AiCall) -> str:
    """Of a call whose server counted them: those read, of them from and to the cache, and said."""
    counts = {
        "asked": format_decimal(call.input_tokens or 0),
        "cached": format_decimal(call.cached_tokens or 0),
        "kept": format_decimal(call.written_tokens or 0),
        "written": format_decimal(call.output_tokens or 0),
    }
    if call.written_tokens:
        words = _("%(asked)s in (%(cached)s cached, %(kept)s to the cache), %(written)s out")
    else:
        words = _("%(asked)s in (%(cached)s cached), %(written)s out")
    return str(words % counts)


def call_cost(call: AiCall) -> str:
    """Of what is not known, the most it can be."""
    if call.cost is not None:
        return money(call.cost)
    if call.reserved:
        return str(_("unknown, at most %(amount)s", amount=money(call.reserved)))
    return str(_("unknown")) if call.failure is None else str(_("nothing"))
