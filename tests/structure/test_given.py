"""Whatever a query or a form says, however large its numbers are: no page fails of it."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from wa_assistant.models import Role

from . import world
from .test_gate import FIELDS, entered

GIVEN = re.compile(r"""(?:args|form|values)(?:\.get|\.getlist)?[\[(]["']([\w.-]+)["']""")
NAMES = re.compile(r'\(((?:"[\w.-]+", ?)+(?:"[\w.-]+")?)\)')
MANY = "9" * 5000  # more digits than Python reads at once
HOSTILE = (str(2**63), str(-(2**64)), MANY, "²", "nan", "9999999999999999-1")
# Names that are put together from what is named.
BESIDE = ("of-field-x", f"of-field-{MANY}", f"of-field-{2**70}", f"field-{2**31}", f"field-{MANY}")


# A number that Postgres refuses for its size is one that SQLite does not hold either, larger still.
@pytest.fixture(params=["sqlite"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def names(app: Flask, endpoint: str) -> set[str]:
    """Of what the module of this route reads."""
    view = inspect.unwrap(app.view_functions[endpoint])
    source = inspect.getsource(inspect.getmodule(view) or inspect)
    tuples = (re.findall(r'"([\w.-]+)"', each) for each in NAMES.findall(source))
    return {*GIVEN.findall(source), *(name for found in tuples for name in found)}


def routes(app: Flask, method: str) -> Iterator[tuple[str, str]]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.rule not in ("/stream", "/sign-out"):
            yield rule.rule, rule.endpoint


@pytest.mark.usefixtures("engine")
def test_no_query_makes_a_page_fail(app, made):
    client, _ = entered(app, Role.OWNER)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    failed = []
    for rule, endpoint in routes(app, "GET"):
        address, read = world.filled(rule, made), names(app, endpoint)
        for value in HOSTILE:
            for given in asked(read | {*BESIDE}, value):
                if client.get(address, query_string=given).status_code >= 500:
                    failed.append(f"{address} {[*given][:3]} {value[:20]}")
    assert failed == []


@pytest.mark.usefixtures("engine")
def test_no_form_makes_an_act_fail(app, made):
    client, token = entered(app, Role.OWNER)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    failed = []
    for rule, endpoint in routes(app, "POST"):
        address, read = world.filled(rule, made), names(app, endpoint)
        for value in HOSTILE:
            for given in asked(read | {*BESIDE}, value):
                form: dict[str, Any] = {**token, **FIELDS.get(rule, {}), **given}
                if client.post(address, data=form).status_code >= 500:
                    failed.append(f"{address} {[*given][:3]} {value[:20]}")
    assert failed == []


def asked(names: set[str], value: str) -> list[dict[str, str]]:
    return [dict.fromkeys(names, value)]
