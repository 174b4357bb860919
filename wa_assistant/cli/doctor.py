"""Whether what the product needs works, from a shell: `flask --app wsgi doctor`."""

import time
from collections.abc import Callable
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from flask_babel import force_locale

from .. import settings
from ..clients import learned
from ..clients.failures import Failure, ModelError
from ..models import CallKind, Direction, Message, Outcome
from ..money import ledger
from ..money.caps import NoRoom
from ..money.ledger import Payer
from ..providers.outcomes import OUTCOMES

QUESTION = "Oi! Vocês atendem por aqui?"
EARLIER = (("Oi", Direction.INBOUND), ("Olá! Em que posso ajudar?", Direction.OUTBOUND))
FORMS = {
    "json_schema": "an answer held to a JSON schema",
    "json_object": "any JSON object, with the schema in the prompt",
    "words": "words, with the schema in the prompt",
}
REMEDIES = {
    Failure.KEY: "The server refuses the key: look at OPENAI_API_KEY.",
    Failure.CREDIT: "The account is out of credit: add some at the provider.",
    Failure.DAILY_QUOTA: "The quota of the day is used up.",
    Failure.BUSY: "Too much is asked of it at the moment: try again in a minute.",
    Failure.UNKNOWN_MODEL: "No such model or address: look at OPENAI_MODEL and OPENAI_BASE_URL.",
    Failure.ORDER_OF_ROLES: "The model's template takes messages in another order of roles.",
    Failure.TOO_LONG: "Its context is too short: start the server with a longer one.",
    Failure.TOO_LARGE: "The plan allows less at once: another one at the provider allows more.",
    Failure.LOADING: "The server is still loading the model: try again in a minute.",
    Failure.TOO_SLOW: "It takes too long: raise OPENAI_TIMEOUT_SECONDS, or take a smaller model.",
    Failure.UNREACHABLE: "Nobody answers there: look at OPENAI_BASE_URL, and at the server.",
    Failure.NOTHING: "The server answers with nothing: look at its own log.",
    Failure.NO_ANSWER: "What answers is no model: look at OPENAI_BASE_URL (most end in /v1).",
}


@click.group(
    "doctor",
    cls=AppGroup,
    invoke_without_command=True,
    help="Whether what the product needs works. Without a command, all of them.",
)
@click.pass_context
@with_appcontext
def doctor(context: click.Context) -> None:
    if context.invoked_subcommand is None:
        found = [check() for check in CHECKS]
        context.exit(0 if all(found) else 1)


@doctor.command("model")
@click.pass_context
def model_(context: click.Context) -> None:
    """Ask the model one question in each form, and say what it can.

    Ends with 1 where participants would get no answer of a model.
    """
    if not _model():
        context.exit(1)


def _model() -> bool:
    config = current_app.config
    if not config["OPENAI_CONNECTED"]:
        click.echo("No model is connected: set OPENAI_API_KEY.")
        return False
    name = settings.model_of(settings.current())
    click.echo(f"model   {name}")
    click.echo(f"server  {config['OPENAI_BASE_URL'] or 'https://api.openai.com/v1'}")
    found = {form: _asked(form) for form in FORMS}
    _say_what_was_learned(name)
    works = [form for form, failure in found.items() if failure is None]
    if works:
        click.echo(f"Participants are answered. The best form it takes: {works[0]}.")
        return True
    worst = next(iter(found.values()))
    remedy = REMEDIES.get(worst) if worst else None
    click.echo("Participants would get no answer of this model.")
    if remedy:
        click.echo(remedy)
    return False


def _asked(form: str) -> Failure | None:
    """Ask once in this form, and print what came of it; the failure, if it is one."""
    from ..assistant import manner, model  # with the SDK, which the web process does without
    from ..assistant.schema import Unusable

    usual = manner.now()
    room = model.reserve(Payer(CallKind.TRIAL), _messages(), usual)
    if isinstance(room, NoRoom):
        raise click.ClickException(f"No more may be spent on models: {room.cap} is met.")
    started, paid = time.monotonic(), model.Paid(room)
    try:
        completion = model.complete(_messages(), usual, form=form, again=paid.again)
        ledger.settled(ledger.account(paid.reservation, Outcome.ANSWERED, usage=completion.usage))
        model.read(model.text_of(completion), finished=completion.finished)
    except ModelError as error:
        ledger.settled(ledger.failed(paid.reservation, OUTCOMES[type(error)], error))
        _line(form, "no", time.monotonic() - started, error.message)
        return error.failure
    except Unusable as error:
        _line(
            form, "no", completion.latency / 1000, f"{error}: {model.text_of(completion)[:120]!r}"
        )
        return Failure.UNUSABLE
    used = completion.usage
    tokens = f"{used.input} + {used.output} tokens" if used else "tokens not counted"
    _line(form, "yes", completion.latency / 1000, f"{tokens}; {FORMS[form]}")
    return None


def _line(form: str, can: str, seconds: float, told: str) -> None:
    click.echo(f"{form:12} {can:3}  {seconds:6.1f} s  {' '.join(told.split())}")


def _messages() -> list[dict[str, Any]]:
    """A short conversation, as a participant's would be put."""
    from ..assistant import prompt

    history = [Message(direction=each, kind="text", body=body) for body, each in EARLIER]
    asked = Message(direction=Direction.INBOUND, kind="text", body=QUESTION)
    return prompt.build(history, [asked])


def _say_what_was_learned(name: str) -> None:
    """In the words of the page that owners have."""
    from ..web.operations.model import told

    with force_locale("en"):
        for fact in learned.facts(name):
            click.echo(f"learned: {told(fact)}")


CHECKS: tuple[Callable[[], bool], ...] = (_model,)
