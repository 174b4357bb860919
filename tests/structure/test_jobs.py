"""Every bell has somebody who answers it."""

import ast
import importlib
import inspect
import re

import pytest

from jobs.schedule import SCHEDULE
from wa_assistant.work.queue import QUEUES

from .source import ROOT, calls

# Where work of any kind is rung for by the name that its policy has: see test_kinds.py.
BY_POLICY = ("wa_assistant.work.queue", "wa_assistant.work.claims")
RUNG = [(where, call) for where, call in calls("later") if where not in BY_POLICY]


def function(name: str):
    module, _, attribute = name.rpartition(".")
    return getattr(importlib.import_module(module), attribute)


def test_bells_are_rung_at_all():
    assert len(RUNG) > 3


@pytest.mark.parametrize(("where", "call"), RUNG, ids=[f"{w}:{c.lineno}" for w, c in RUNG])
def test_every_name_given_to_later_is_a_job_with_a_queue(where, call):
    name = call.args[0]
    assert isinstance(name, ast.Constant), f"{where}: the name must stand where it is rung"
    assert isinstance(name.value, str)
    assert name.value.rpartition(".")[0] in QUEUES
    job = function(name.value)
    assert inspect.isfunction(job)
    inspect.signature(job).bind(*call.args[1:])


@pytest.mark.parametrize("periodic", SCHEDULE, ids=lambda periodic: periodic.job)
def test_everything_periodic_is_a_job_without_arguments_on_its_own_queue(periodic):
    inspect.signature(function(periodic.job)).bind()
    assert QUEUES[periodic.job.rpartition(".")[0]] == periodic.queue


@pytest.mark.parametrize("module", QUEUES)
def test_every_module_with_a_queue_exists_and_holds_jobs(module):
    found = importlib.import_module(module)
    assert [name for name, value in vars(found).items() if inspect.isfunction(value)]


def test_every_queue_is_watched_by_workers_of_its_own():
    text = (ROOT / "deploy" / "supervisord.conf").read_text()
    watched = re.findall(r"worker-pool (\S+)", text)
    assert sorted(watched) == sorted(set(QUEUES.values()))
