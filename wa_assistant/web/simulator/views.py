"""Where one writes as any number of pretended participants. Nothing leaves the machine."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask import url_for as url
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from redis.exceptions import RedisError

from ...accounts.authority import Act
from ...clients import simulated
from ...conversation import reading
from ...intake import simulator
from ...models import Participant
from .. import access, respond
from ..inbox import composer
from ..inbox.views import thread_context
from . import suggestions

blueprint = Blueprint("simulator", __name__, url_prefix="/simulator")

MOST_CHARACTERS = 4096  # what WhatsApp takes in one message
LONGEST_NAME = 200
LONGEST_BURST = 20
JUMPS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
}


@blueprint.get("")
@access.may(Act.USE_SIMULATOR)
def index() -> ResponseReturnValue:
    return _index({})


@blueprint.post("")
@access.may(Act.USE_SIMULATOR)
def create() -> ResponseReturnValue:
    name, body = request.form.get("name", "").strip(), request.form.get("body", "").strip()
    problems = {"name": problem_of_name(name), "body": _problem([body])}
    if any(problems.values()):
        return respond.refused(_index(problems, name=name, body=body))
    participant = simulator.write(simulator.new_address(), name, body)
    return respond.done(url(".show", participant_id=participant.id))


@blueprint.get("/<id:participant_id>")
@access.may(Act.USE_SIMULATOR)
def show(participant_id: int) -> ResponseReturnValue:
    return _page(_pretended(participant_id))


@blueprint.get("/<id:participant_id>/thread")
@access.may(Act.USE_SIMULATOR)
def thread(participant_id: int) -> ResponseReturnValue:
    _pretended(participant_id)
    return render_template("simulator/_thread.html", **_phone(participant_id))


@blueprint.get("/<id:participant_id>/replies")
@access.may(Act.USE_SIMULATOR)
def replies(participant_id: int) -> ResponseReturnValue:
    _pretended(participant_id)
    return render_template("simulator/_replies.html", **_phone(participant_id))


@blueprint.post("/<id:participant_id>/messages")
@access.may(Act.USE_SIMULATOR)
def write(participant_id: int) -> ResponseReturnValue:
    """One message; or, where `burst` is given, one for each line."""
    participant, body = _pretended(participant_id), request.form.get("body", "")
    lines = body.splitlines() if request.form.get("burst") else [body]
    bodies = [line.strip() for line in lines if line.strip()]
    problem = _problem(bodies)
    if problem:  # words of ours, which the phone takes as text
        return respond.refused(partial(_page, participant, body, problem), fragment=problem)
    quoted = request.form.getlist("quoted")[-1:]  # the newest of those that were marked
    simulator.write(participant.address, participant.name, *bodies, quoted="".join(quoted))
    # What was wrong before is so no more.
    return respond.done(url(".show", participant_id=participant_id), fragment="")


@blueprint.post("/<id:participant_id>/voice")
@access.may(Act.USE_SIMULATOR)
def speak(participant_id: int) -> ResponseReturnValue:
    participant = _pretended(participant_id)
    simulator.speak(participant.address, participant.name)
    return respond.done(_place(participant), _("A voice message was sent."))


@blueprint.post("/<id:participant_id>/files")
@access.may(Act.USE_SIMULATOR)
def attach(participant_id: int) -> ResponseReturnValue:
    participant = _pretended(participant_id)
    file = request.files.get("file")
    content = file.read() if file else b""
    if file is None or not content:
        return respond.told(_place(participant), _("Choose a file first."))
    names = (file.filename or "file", file.mimetype)
    simulator.attach(participant.address, participant.name, *names, content)
    return respond.done(_place(participant), _("The file was sent."))


@blueprint.post("/<id:participant_id>/reading")
@access.may(Act.USE_SIMULATOR)
def read(participant_id: int) -> ResponseReturnValue:
    participant = _pretended(participant_id)
    count = simulator.read(participant_id)
    said = ngettext("%(num)d message was read.", "%(num)d messages were read.", count)
    return respond.done(_place(participant), said if count else _("There is nothing new to read."))


@blueprint.get("/<id:participant_id>/failure")
@access.may(Act.USE_SIMULATOR)
def failure(participant_id: int) -> ResponseReturnValue:
    return _failure(_pretended(participant_id))


@blueprint.post("/<id:participant_id>/failure")
@access.may(Act.USE_SIMULATOR)
def fail_next(participant_id: int) -> ResponseReturnValue:
    participant = _pretended(participant_id)
    try:
        simulated.lose_next(participant.address)
    except RedisError:
        return respond.told(_place(participant), _("That did not work. Please try again."))
    words = _("The next reply will be lost on its way.")
    return respond.done(_place(participant), words, fragment=partial(_failure, participant))


@blueprint.get("/<id:participant_id>/clock")
@access.may(Act.USE_SIMULATOR)
def clock(participant_id: int) -> ResponseReturnValue:
    return _clock_shown(_pretended(participant_id))


@blueprint.post("/<id:participant_id>/clock")
@access.may(Act.USE_SIMULATOR)
def move_clock(participant_id: int) -> ResponseReturnValue:
    participant = _pretended(participant_id)
    by = JUMPS.get(request.form.get("by", ""))
    if by is None:
        abort(400)
    simulator.move_clock(participant_id, by)
    participant = _pretended(participant_id)
    clock = partial(_clock_shown, participant)
    return respond.done(_place(participant), _("The clock was moved."), fragment=clock)


def _clock_shown(participant: Participant) -> str:
    return render_template("simulator/_clock.html", **_clock(participant))


def _clock(participant: Participant) -> dict[str, Any]:
    words = {"hour": _("+1 h"), "day": _("+1 day"), "week": _("+7 days"), "month": _("+30 days")}
    return {"phone_now": participant.now(), "jumps": list(words.items())}


def _pretended(participant_id: int) -> Participant:
    participant = reading.participant(participant_id)
    if participant is None or not participant.simulated:
        abort(404)
    return participant


def _index(problems: dict[str, str | None], **typed: str) -> str:
    before = request.args.get("before", type=reading.Place.parse)
    found, older = reading.simulated(before)
    beginning = suggestions.beginning()
    return render_template(
        "simulator/index.html",
        participants=found,
        older=older,
        problems=problems,
        typed={"name": beginning.name, **typed},
        beginning=beginning,
    )


def _phone(participant_id: int) -> dict[str, Any]:
    context = thread_context(participant_id)
    arrived = [
        message
        for message in context["messages"]
        if message.direction == "inbound" or message.status in simulator.ON_THE_PHONE
    ]
    return {
        **context,
        "phone_fragment": f"phone-{participant_id}",
        "arrived": arrived,
        "replies": suggestions.to(arrived),
    }


def _bench(participant: Participant, body: str = "", problem: str | None = None) -> dict[str, Any]:
    """The phone and the team's view beside it."""
    context = _phone(participant.id)
    return {
        **context,
        **composer.context(context),
        "participants": reading.simulated()[0],
        "next_fails": simulated.loses_next(participant.address),
        **_clock(participant),
        "side": "team" if request.args.get("side") == "team" else "phone",
        "body": body,
        "problem": problem,
    }


def _failure(participant: Participant) -> str:
    next_fails = simulated.loses_next(participant.address)
    return render_template("simulator/_failure.html", next_fails=next_fails)


def _page(participant: Participant, body: str = "", problem: str | None = None) -> str:
    return render_template("simulator/show.html", **_bench(participant, body, problem))


def _place(participant: Participant) -> str:
    return url(".show", participant_id=participant.id)


def _problem(bodies: list[str]) -> str | None:
    if not any(bodies):
        return str(_("Write something first."))
    if len(bodies) > LONGEST_BURST:
        return str(_("At most %(number)d messages in a row.", number=LONGEST_BURST))
    if max(map(len, bodies)) > MOST_CHARACTERS:
        most = _("A message may have %(number)d characters at most.", number=MOST_CHARACTERS)
        return str(most)
    return None


def problem_of_name(name: str) -> str | None:
    if not name:
        return str(_("Give them a name."))
    if len(name) > LONGEST_NAME:
        return str(_("A name may have %(number)d characters at most.", number=LONGEST_NAME))
    return None
