"""Where one writes as any number of pretended participants. Nothing leaves the machine."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..messaging import conversations, simulator
from ..models import Participant, Role
from . import access
from .conversations import thread_context
from .ids import row_id

blueprint = Blueprint("simulator", __name__, url_prefix="/simulator")


@blueprint.get("")
@access.needs(Role.EDITOR)
def index() -> ResponseReturnValue:
    found, older = conversations.simulated(request.args.get("before", type=row_id))
    return render_template("simulator/index.html", participants=found, older=older)


@blueprint.post("")
@access.needs(Role.EDITOR)
def create() -> ResponseReturnValue:
    name, body = request.form.get("name", "").strip()[:200], _body()
    if not body or not name:
        return redirect(url_for("simulator.index"), code=303)
    participant = simulator.write(simulator.new_address(), name, body)
    return redirect(url_for("simulator.show", participant_id=participant.id), code=303)


@blueprint.get("/<id:participant_id>")
@access.needs(Role.EDITOR)
def show(participant_id: int) -> ResponseReturnValue:
    _simulated(participant_id)
    return render_template("simulator/show.html", **thread_context(participant_id))


@blueprint.get("/<id:participant_id>/thread")
@access.needs(Role.EDITOR)
def thread(participant_id: int) -> ResponseReturnValue:
    _simulated(participant_id)
    return render_template("simulator/_thread.html", **thread_context(participant_id))


@blueprint.post("/<id:participant_id>/messages")
@access.needs(Role.EDITOR)
def write(participant_id: int) -> ResponseReturnValue:
    participant, body = _simulated(participant_id), _body()
    if body:
        simulator.write(participant.address, participant.name, body)
    return redirect(url_for("simulator.show", participant_id=participant_id), code=303)


def _simulated(participant_id: int) -> Participant:
    participant = conversations.participant(participant_id)
    if participant is None or not participant.simulated:
        abort(404)
    return participant


def _body() -> str:
    return request.form.get("body", "").strip()
