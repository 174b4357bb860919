"""How well the product and those outside are, line by line: for owners."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from ...accounts.authority import Act
from ...database import utcnow
from ...intake import spool
from ...models import Check, Checked
from ...operations import checks, health, queues, timetable
from .. import access
from ..insight.labels import took
from . import outside
from .outside import ATTENTION, FAILURE, UNKNOWN, WELL, Line

blueprint = Blueprint("system", __name__)


@blueprint.get("/system")
@access.may(Act.SEE_SYSTEM)
def index() -> ResponseReturnValue:
    return render_template("operations/system.html", **context())


@blueprint.get("/system/list")
@access.may(Act.SEE_SYSTEM)
def listing() -> ResponseReturnValue:
    return render_template("operations/_system.html", **context())


def context() -> dict[str, Any]:
    found, known = health.look(), checks.latest()
    lines = [*_ours(found, known), *outside.lines(known)]
    return {"lines": lines, "status": found.status, "now": utcnow()}


def _ours(found: health.Report, known: dict[Checked, Check]) -> Iterator[Line]:
    now = found.now
    yield Line(
        _("Database"),
        WELL if now.writes else FAILURE,
        _("It answers, and has room.") if now.writes else _("It has no room, or is away."),
    )
    yield Line(
        _("Disk"),
        WELL if now.disk else FAILURE,
        _("There is room.") if now.disk else _("It is full: not even a webhook fits."),
    )
    yield _spool()
    yield Line(
        "Redis",
        WELL if now.redis else FAILURE,
        _("It answers.") if now.redis else _("It is away: answers take a few seconds longer."),
    )
    yield _engine(found, known.get(Checked.ENGINE))
    yield from map(_queue, queues.waiting())
    yield _schedule()


def _spool() -> Line:
    waiting = spool.waiting()
    if not waiting:
        return Line(_("Spool"), WELL, _("Empty: every webhook is in the database."))
    words = ngettext(
        "%(num)d webhook waits on the disk for the database.",
        "%(num)d webhooks wait on the disk for the database.",
        waiting,
    )
    return Line(_("Spool"), ATTENTION, words)


def _engine(found: health.Report, check: Check | None) -> Line:
    if not found.now.engines:
        return Line(_("Engine"), FAILURE, _("None is running, and it does all the work."))
    number = ngettext("%(num)d is running.", "%(num)d are running.", found.now.engines)
    if check is None or not found.engine:
        return Line(_("Engine"), FAILURE, _("It has done no job for a minute."), (number,))
    waited = _("A job was done %(time)s after it was rung for.", time=took(check.found["seconds"]))
    return Line(_("Engine"), WELL, waited, (number,), check.at)


def _queue(waiting: queues.Waiting) -> Line:
    name = _("Queue of what came in") if waiting.name == "intake" else _("Queue of bells")
    if not waiting.number:
        return Line(name, WELL, _("Empty."))
    words = ngettext("%(num)d waits", "%(num)d wait", waiting.number)
    state = WELL if waiting.seconds < 120 else FAILURE
    told = _("%(waits)s, the next for %(time)s.", waits=words, time=took(waiting.seconds))
    return Line(name, state, told)


def _schedule() -> Line:
    jobs = timetable.jobs()
    late = [job for job in jobs if timetable.is_late(job)]
    if late:
        words = ngettext("%(num)d job is late.", "%(num)d jobs are late.", len(late))
        return Line(_("Schedule"), ATTENTION, words)
    return Line(_("Schedule"), WELL if jobs else UNKNOWN, _("Nothing is late."))
