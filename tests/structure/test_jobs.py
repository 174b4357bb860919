"""Every bell has somebody who answers it."""

import ast
import importlib
import inspect

import pytest

from jobs.schedule import SCHEDULE
from wa_assistant.work.queue import JOBS

from .source import calls

# Where work of any kind is rung for by the name that its policy has: see test_kinds.py; and what is
# periodic by the name that it has in the schedule.
BY_NAME = (
    "wa_assistant.work.queue",
    "wa_assistant.work.claims",
    "wa_assistant.operations.timetable",
)
RUNG = [(where, call) for where, call in calls("later") if where not in BY_NAME]


def function(name: str):
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def test_bells_are_rung_at_all():
    assert len(RUNG) > 3


@pytest.mark.parametrize(("where", "call"), RUNG, ids=[f"{w}:{c.lineno}" for w, c in RUNG])
def test_every_name_given_to_later_is_a_job(where, call):
    name = call.args[0]
    assert isinstance(name, ast.Constant), f"{where}: the name must stand where it is rung"
    assert isinstance(name.value, str)
    assert name.value.rpartition(".")[0] in JOBS
    job = function(name.value)
    assert inspect.isfunction(job)
    inspect.signature(job).bind(*call.args[1:])


@pytest.mark.parametrize("periodic", SCHEDULE, ids=lambda periodic: periodic.job)
def test_everything_periodic_is_a_job_without_arguments(periodic):
    assert periodic.job.rpartition(".")[0] in JOBS
    inspect.signature(function(periodic.job)).bind()


@pytest.mark.parametrize("module", JOBS)
def test_every_module_of_jobs_exists_and_holds_some(module):
    found = importlib.import_module(module)
    assert [name for name, value in vars(found).items() if inspect.isfunction(value)]
