"""Answers what the team tries, as it would answer a participant who had written nothing before."""

from dataclasses import asdict, dataclass
from typing import Any

from flask import current_app

from .. import settings
from ..conversation.fixed_texts import PORTUGUESE
from ..database import db, transaction, utcnow
from ..knowledge import trials
from ..knowledge.search import Result, Thresholds, for_answer, is_empty
from ..models import CallKind, Direction, Message, Provider, Trial
from ..money import ledger
from ..money.caps import NoRoom
from ..money.ledger import Payer
from ..providers import circuit
from ..work import claims, rates
from ..work.claims import Claim
from . import formatting, offline, prompt, quoting
from . import manner as manners
from .manner import Manner
from .model import ask, reserve, tokens_at_most
from .retrieval import Retrieval, look_up


def answer(trial_id: int) -> None:
    """Search, draft an answer, and keep both."""
    claim = claims.take(trials.TRIALS, trial_id)
    if claim is None:
        return
    with claims.working(claim):
        values = _tried(claim)
        with transaction():
            ours = claims.own(claim)
            for name, value in values.items():
                setattr(ours, name, value)
            ours.finished_at = utcnow()
            claims.finish(ours)
            trials.told(trial_id)


@dataclass(frozen=True)
class Asked:
    """A question, and how it is to be answered; `told`: what the model is told after the rules."""

    question: str
    thresholds: Thresholds
    manner: Manner
    told: str


def _tried(claim: Claim[Trial]) -> dict[str, Any]:
    """What came of it, by column of the trial."""
    trial = trials.of_id(claim.id)
    if trial is None:
        raise claims.Lost(f"trial {claim.id} has made room for newer ones")
    thresholds = Thresholds(trial.similarity_threshold, trial.coverage_threshold)
    manner = manners.of(settings.having(trial.settings or {}))
    asked = Asked(trial.question, thresholds, manner, manner.with_stage(trial.stage or ""))
    most = trial.most
    db.session.rollback()  # services are asked with no transaction open
    payer = Payer(CallKind.TRIAL, claim=claim)
    found = look_up(asked.question, payer, most)
    chosen = for_answer(found, thresholds)
    return {"results": _kept(found, chosen)} | _draft(payer, asked, found, chosen)


def _kept(found: list[Result], chosen: list[Result]) -> list[dict[str, Any]]:
    numbers = {each.passage_id: number for number, each in enumerate(chosen, 1)}
    return [asdict(each) | {"number": numbers.get(each.passage_id)} for each in found]


def _draft(payer: Payer, asked: Asked, found: list[Result], chosen: list[Result]) -> dict[str, Any]:
    """What would be answered, by column of the trial."""
    rests = circuit.now(Provider.MODEL).rests_until is not None
    db.session.rollback()
    if not current_app.config["OPENAI_CONNECTED"] or rests:
        return _offline(asked, found, chosen)
    written = Message(direction=Direction.INBOUND, kind="text", body=asked.question)
    messages = prompt.build([], [written], asked.told)
    retrieval = None if is_empty() else Retrieval(chosen)
    db.session.rollback()
    if retrieval is not None:
        messages = prompt.with_retrieval(messages, retrieval.told)
    if rates.budget_frees_in(tokens_at_most(messages, asked.manner)):
        return {"outcome": trials.NO_ROOM}
    room = reserve(payer, messages, asked.manner)
    if isinstance(room, NoRoom):
        return {"outcome": trials.CAP_MET}
    attempt = ask(room, messages, asked.manner, passages=len(chosen))
    call, reply = ledger.settled(attempt.call), attempt.reply
    values = {each: getattr(call, each) for each in ("outcome", "model", "cost", "latency")}
    if reply is None:
        return values
    named = f"{asked.told}\n{asked.question}"
    words = formatting.known_links_only(formatting.for_whatsapp(reply.text), named)
    if not formatting.is_legible(words):  # as it would be sent
        words = offline.holding_sentence(asked.question, PORTUGUESE)
    return values | {
        "draft": words,
        "used": [number for number in reply.passages_used if 1 <= number <= len(chosen)],
        "unanswered": reply.unanswered if retrieval else "",
    }


def _offline(asked: Asked, found: list[Result], chosen: list[Result]) -> dict[str, Any]:
    question = asked.question
    quote = quoting.choose(question, found, asked.thresholds)
    if quote is None:
        return {"draft": offline.holding_sentence(question, PORTUGUESE)}
    passage, words = quote
    if passage not in chosen:  # what a model would not be told may be quoted
        chosen = [*chosen, passage]
    return {
        "draft": offline.quoted(passage.document, words, question, PORTUGUESE),
        "results": _kept(found, chosen),
        "used": [chosen.index(passage) + 1],
    }
