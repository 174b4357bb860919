"""All work that workers take in turn is taken by one mechanism, and none is forgotten."""

import ast
import importlib
import inspect

import pytest

from wa_assistant.database import Base
from wa_assistant.operations.kinds import KINDS
from wa_assistant.work import policies
from wa_assistant.work.claimable import Claimable
from wa_assistant.work.policies import Policy
from wa_assistant.work.queue import JOBS

from .source import modules

CLAIMS = "wa_assistant.work.claims"


def test_each_table_whose_rows_are_claimed_is_one_kind_of_work():
    models = [mapper.class_ for mapper in Base.registry.mappers]
    claimable = [model.__name__ for model in models if issubclass(model, Claimable)]
    assert sorted(claimable) == sorted(kind.table.__name__ for kind in KINDS)


def test_each_kind_has_a_policy_and_a_name_of_its_own():
    used = [kind.policy for kind in KINDS]
    assert len(set(used)) == len({each.name for each in used}) == len(KINDS)
    written_down = [each for each in vars(policies).values() if isinstance(each, Policy)]
    assert set(used) <= set(written_down)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.policy.name)
def test_the_bell_of_each_kind_is_a_job_that_takes_one_id(kind):
    module, _, name = kind.policy.bell.rpartition(".")
    assert module in JOBS
    job = getattr(importlib.import_module(module), name)
    inspect.signature(job).bind(1)
    assert kind.named.class_ is kind.table


def test_only_one_module_writes_who_has_a_claim():
    found = [
        f"{where}:{getattr(node, 'lineno', '')}"
        for where, tree in modules().items()
        if where != CLAIMS
        for node in ast.walk(tree)
        if writes(node, "claim_token")
    ]
    assert not found
    assert any(writes(node, "claim_token") for node in ast.walk(modules()[CLAIMS]))


@pytest.mark.parametrize(
    "source",
    [
        "row.claim_token = None",
        "row.due_at, row.claim_token = None, None",
        "row.claim_token: str | None = None",
        "update(Row).values(claim_token=None)",
        "Row(claim_token='a')",
        "values = {'claim_token': None}",
        "values = {Row.claim_token: None}",
        "setattr(row, 'claim_token', None)",
    ],
)
def test_whoever_writes_it_is_seen(source):
    assert any(writes(node, "claim_token") for node in ast.walk(ast.parse(source)))


def test_whoever_reads_it_is_not():
    source = "if row.claim_token is None: select(Row.claim_token).where(Row.claim_token == token)"
    assert not any(writes(node, "claim_token") for node in ast.walk(ast.parse(source)))


def writes(node: ast.AST, column: str) -> bool:
    """Whether a value is given to `column` there."""
    match node:
        case ast.Attribute(attr=name, ctx=ast.Store()):
            return name == column
        case ast.keyword(arg=name):
            return name == column
        case ast.Dict(keys=keys):
            return any(key is not None and _named(key) == column for key in keys)
        case ast.Call(func=ast.Name(id="setattr"), args=[_, name, *_]):
            return _named(name) == column
    return False


def _named(node: ast.AST) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    return node.attr if isinstance(node, ast.Attribute) else None
