"""Every call to a model is in the ledger before it is made, with the most it can cost.

What is guaranteed: what is spent and what calls under way cost at most is together at no moment
over a cap, however many reserve at once and wherever. A call is paid for whatever becomes of it: it
counts with the most it can cost until somebody says what it took, and for good where its worker
died. To be sure of that costs a commit before each call.

The life of a call, in the order in which it is read:

1. `reserve` writes it down, under the claim of the work it is for; where a cap has no room for it,
   it is not written down, and caps.NoRoom says which cap, and until when.
2. The call is made, with no transaction open.
3. `account` puts what it took beside it: tokens and cost, or that it took nothing.
4. `settle` writes that down in place of the most: once, and in the writing unit of what came of it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from flask import current_app
from sqlalchemy import Insert, bindparam, exists, insert, literal, select, update

from .. import logs
from ..clients.failures import ModelError
from ..database import db, transaction, utcnow, writing
from ..models import AiCall, CallKind, Outcome, Participant
from ..work.claims import Claim, Lost
from . import caps, prices
from .caps import NoRoom
from .lines import Usage
from .prices import Worst

log = logs.get(__name__)

UNKNOWN = (Outcome.UNDER_WAY, Outcome.LOST)
ABSURD = 10  # times the most that a call could take: a server that counts so counts wrong
SILENT_TIMEOUTS = 3  # of a call, after which its worker will hardly say any more what became of it

AT_MOST = ("tokens", "voice_seconds", "pictures", "reserved")
TOLD = (
    *("input_tokens", "cached_tokens", "written_tokens", "output_tokens", "cost", "latency"),
    *("outcome", "failure", "error", "left_out", "links_taken_out"),
)


@dataclass(frozen=True)
class Payer:
    """Whom a call is for, and the claim of the work that makes it."""

    kind: CallKind
    participant_id: int | None = None
    claim: Claim[Any] | None = None


A_QUERY = Payer(CallKind.QUERY)  # of nobody in particular


@dataclass(frozen=True)
class Reservation:
    """A call that may be made: its row's id, and the most it takes by the prices of its day."""

    id: int
    payer: Payer
    model: str
    worst: Worst
    day: date
    prompt_version: str = ""


def reserve(
    payer: Payer, model: str, worst: Worst, prompt_version: str = ""
) -> Reservation | NoRoom:
    """Write the call down, in a writing unit of its own. Raises claims.Lost where the claim is
    another's by now, or the participant is gone."""
    day = prices.today()
    values = {
        "kind": payer.kind,
        "participant_id": payer.participant_id,
        "created_at": utcnow(),
        "day": day,
        "model": model,
        "prompt_version": prompt_version,
        "outcome": Outcome.UNDER_WAY,
        **worst.columns,
    }
    try:
        with transaction():
            call_id = _insert(payer, values)
            caps.check(payer.kind, payer.participant_id, day, worst)
    except NoRoom as no:
        log.info("no room", cap=no.cap, kind=payer.kind, until=no.frees_at)
        return no
    return Reservation(call_id, payer, model, worst, day, prompt_version)


def account(
    reservation: Reservation,
    outcome: Outcome,
    *,
    usage: Usage | None = None,
    seconds: float | None = None,
    may_have_cost: bool = True,
    latency: int = 0,
    error: str | None = None,
) -> AiCall:
    """What came of the call, to be given to `settle`. Nothing is written here.

    `usage`: the tokens that the server counted, `seconds` the voice; None where it did not, or
    nobody heard it. `may_have_cost`: False where the server took nothing for it.
    """
    call = AiCall(
        id=reservation.id,
        kind=reservation.payer.kind,
        participant_id=reservation.payer.participant_id,
        model=reservation.model,
        prompt_version=reservation.prompt_version,
        day=reservation.day,
        latency=latency,
        outcome=outcome,
        error=error and error[:300],
        **reservation.worst.columns,
    )
    if not may_have_cost:
        call.tokens = call.voice_seconds = call.pictures = call.reserved = 0
        return call
    _count(call, reservation.worst, usage, seconds)
    return call


def failed(
    reservation: Reservation, outcome: Outcome, error: ModelError, latency: int | None = None
) -> AiCall:
    """The same of a call that came to nothing."""
    call = account(
        reservation,
        outcome,
        usage=error.usage,
        may_have_cost=error.may_have_cost,
        latency=error.latency if latency is None else latency,
        error=error.message,
    )
    call.failure = error.failure
    return call


def _count(call: AiCall, worst: Worst, usage: Usage | None, seconds: float | None) -> None:
    """Put what it took in place of the most, as far as that was told and can be."""
    if usage is not None and is_plausible(usage, worst.tokens):
        call.input_tokens, call.output_tokens = usage.input, usage.output
        call.cached_tokens, call.written_tokens = usage.cached, usage.written
        call.tokens = usage.input + usage.output
    elif usage is not None:
        log.warning("the server counts what cannot be", call=call.id, usage=usage)
        usage = None
    if seconds is not None and 0 < seconds <= worst.voice_seconds * ABSURD:
        call.voice_seconds = -(-int(seconds * 1000) // 1000)
    else:
        seconds = None
    if (took := worst.price.of(usage, seconds)) is not None:
        call.reserved = took
        call.cost = took if worst.price.is_known else None


def is_plausible(usage: Usage, most: int) -> bool:
    """Whether a server can have counted right: what is cached and what was written to the cache is
    among what was read, and something was read or said."""
    counts = (usage.input, usage.cached, usage.output, usage.written)
    if not all(isinstance(each, int) and each >= 0 for each in counts):
        return False
    if usage.cached + usage.written > usage.input:
        return False
    return 0 < usage.input + usage.output <= most * ABSURD


def settle(call: AiCall) -> None:
    """Write down what came of the call, unless that is done: in a writing unit, as its last
    statement, for others who settle wait for its end."""
    writing().execute(
        update(AiCall)
        .where(AiCall.id == call.id, AiCall.outcome.in_(UNKNOWN))
        .values({name: getattr(call, name) for name in (*TOLD, *AT_MOST)})
        .execution_options(synchronize_session=False)
    )


def settled(call: AiCall) -> AiCall:
    """The same in a writing unit of its own."""
    with transaction():
        settle(call)
    return call


def name_the_lost() -> int:
    """Those under way whose worker will hardly say any more what became of them; how many. They
    count as spent, and who knows more may still say so."""
    seconds = SILENT_TIMEOUTS * current_app.config["OPENAI_TIMEOUT_SECONDS"]
    before = utcnow() - timedelta(seconds=seconds)
    under_way = (AiCall.outcome == Outcome.UNDER_WAY, AiCall.created_at < before)
    if db.session.scalar(select(exists().where(*under_way))) is not True:
        return 0
    with transaction():
        lost = update(AiCall).where(*under_way).values(outcome=Outcome.LOST).returning(AiCall.id)
        return len(db.session.execute(lost).all())


def _insert(payer: Payer, values: dict[str, Any]) -> int:
    claim = payer.claim
    table: Any = claim.kind.table if claim else None
    statement = _statement(table, payer.participant_id is not None)
    values = {f"its_{name}": value for name, value in values.items()}
    if claim is not None:
        values = {**values, "claimed": claim.id, "token": claim.token}
    found: int | None = db.session.scalar(statement, values)
    if found is None:
        raise Lost(f"{claim.kind.policy.name} {claim.id}" if claim else "the participant")
    return found


@cache
def _statement(claimed: Any, is_theirs: bool) -> Insert:
    """One statement: the claim is ours, where the participant is, and what is written down."""
    named = ("kind", "participant_id", "created_at", "day", "model", "prompt_version", "outcome")
    table: Any = AiCall.__table__  # as a class it would take the values for rows to put
    columns = [table.c[name] for name in (*named, *AT_MOST)]
    found = select(*(bindparam(f"its_{each.key}", type_=each.type) for each in columns))
    if is_theirs:
        found = found.add_columns(Participant.journey_version_id, Participant.stage)
        found = found.where(Participant.id == bindparam("its_participant_id"))
        columns += [table.c.journey_version_id, table.c.stage]
    if claimed is not None:
        ours = claimed.id == bindparam("claimed"), claimed.claim_token == bindparam("token")
        found = found.where(exists(select(literal(1)).where(*ours).correlate(None)))
    put = insert(table).from_select(columns, found, include_defaults=False)
    return put.returning(table.c.id)
