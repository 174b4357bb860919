"""What is left to do of each kind of work, and the schedule, which owners may run by hand."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from ...accounts.authority import Act
from ...database import utcnow
from ...models import ScheduledJob
from ...operations import backlog, timetable
from .. import access, respond
from .labels import WORKS
from .scheduled_jobs import WORDS

blueprint = Blueprint("work", __name__)


class Shown(NamedTuple):
    """A scheduled job as the page tells it; `next_at` is its time, which it may be past."""

    job: ScheduledJob
    words: str
    next_at: datetime | None
    late: bool


@blueprint.get("/work")
@access.may(Act.SEE_WORK)
def index() -> ResponseReturnValue:
    return render_template("operations/work.html", **context())


@blueprint.get("/work/list")
@access.may(Act.SEE_WORK)
def listing() -> ResponseReturnValue:
    return render_template("operations/_work.html", **context())


@blueprint.post("/work/schedule/<job>/run")
@access.may(Act.RUN_SCHEDULED_JOBS)
def run(job: str) -> ResponseReturnValue:
    if not timetable.run_now(job, current_user):
        abort(404)
    words = _("The engine does it now. In a few seconds it stands here how that went.")
    return respond.done(url_for(".index"), words)


def context() -> dict[str, Any]:
    return {
        "backlogs": backlog.backlogs(),
        "works": WORKS,
        "jobs": [_shown(job) for job in timetable.jobs()],
        "now": utcnow(),
    }


def _shown(job: ScheduledJob) -> Shown:
    next_at = job.began_at and job.began_at + timedelta(seconds=job.every)
    return Shown(job, str(WORDS.get(job.name, job.name)), next_at, timetable.is_late(job))
