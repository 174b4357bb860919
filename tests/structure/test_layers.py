"""The layers, downward only and without a circle, on a ground floor that uses nobody."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import cache

import pytest

from wa_assistant.work.queue import JOBS

from .source import ROOT, Import, calls, imports, modules

GROUND = (
    "clients",
    "database",
    "extensions",
    "live",
    "logs",
    "outline",
    "postgres",
    "sqlite",
    "version",
    "work",
)
# The highest first. Those of one line may use each other, without a circle.
LAYERS = (
    ("web", "cli"),
    ("assistant",),
    ("operations", "outreach", "insight", "notify"),
    ("intake",),
    ("journey", "knowledge"),
    ("delivery",),
    ("media", "conversation"),
    ("privacy",),
    ("understanding", "accounts", "providers"),
    ("money",),
    ("settings",),
    ("audit",),
    ("models",),
)
LEVELS = {name: -level for level, names in enumerate(LAYERS) for name in names}
# Who is outside one of these packages imports from the package itself, and nothing that is deeper.
DOORS = ("wa_assistant.knowledge.reading", "wa_assistant.knowledge.search")
SDKS = ("authlib", "openai", "smtplib", "twilio")
# Which read documents and recordings.
FORMATS = ("av", "docx", "openpyxl", "pypdfium2", "selectolax", "charset_normalizer")
OF_A_REQUEST = {
    *("Blueprint", "abort", "g", "flash", "make_response", "redirect", "render_template"),
    *("request", "session", "url_for"),
}
WRITES = {"transaction", "insert_once", "after_commit"}


def layer(dotted: str) -> str:
    """ "delivery" for wa_assistant.delivery.send.deliver; "" for what is not below the factory."""
    package, _, rest = dotted.partition(".")
    return rest.partition(".")[0] if package == "wa_assistant" else ""


def broken(found: list[Import]) -> str:
    return "\n".join(str(each) for each in found)


def test_every_package_has_its_place():
    named = {layer(name) for name in modules()} - {""}
    assert named <= {*LEVELS, *GROUND}


def test_nobody_imports_upwards():
    found = [
        each
        for each in imports()
        if (here := layer(each.where)) in LEVELS
        and (there := layer(each.what)) in LEVELS
        and LEVELS[here] < LEVELS[there]
    ]
    assert not found, broken(found)


@pytest.mark.parametrize("room", ["module_of", "folder_of", "layer"])
def test_no_imports_go_in_a_circle(room):
    assert not circles(globals()[room])


def circles(room: Callable[[str], str]) -> list[str]:
    """The rooms that can be come back to by imports, where `room` names that of a dotted name."""
    uses: dict[str, set[str]] = defaultdict(set)
    for each in imports():
        here, there = room(each.where), room(each.what)
        if here and there and here != there:
            uses[here].add(there)
    # Nothing that is taken away here uses what is left: it is in no circle.
    while ends := {name for name in uses if not uses[name] & uses.keys()}:
        for name in ends:
            del uses[name]
    return sorted(uses)


def folder_of(dotted: str) -> str:
    """The folder within a package, with its door: "wa_assistant.web.inbox"; "" for no folder."""
    parts = module_of(dotted).split(".")
    folder = ".".join(parts[:3])
    return folder if len(parts) > 2 and is_package(folder) else ""


@cache
def is_package(dotted: str) -> bool:
    return any(name.startswith(f"{dotted}.") for name in modules())


def module_of(dotted: str) -> str:
    """The module of ours that `dotted` is, or is in; "" for another's."""
    while dotted and dotted not in modules():
        dotted = dotted.rpartition(".")[0]
    return dotted if dotted != "wa_assistant" else ""


@pytest.mark.parametrize("door", DOORS)
def test_who_is_outside_comes_in_by_the_door(door):
    assert is_package(door)
    inside = f"{door}."
    found = [
        each
        for each in imports()
        if module_of(each.what).startswith(inside) and not f"{each.where}.".startswith(inside)
    ]
    assert not found, broken(found)


def test_the_ground_floor_uses_nobody_above_it():
    found = [
        each
        for each in imports()
        if layer(each.where) in GROUND
        and each.what.startswith(("wa_assistant", "jobs", "deploy"))
        and layer(each.what) not in GROUND
    ]
    assert not found, broken(found)


def test_nobody_below_imports_the_jobs_or_the_deployment():
    found = [
        each
        for each in imports()
        if each.where.startswith("wa_assistant") and each.what.startswith(("jobs", "deploy"))
    ]
    assert not found, broken(found)


def test_only_clients_import_an_sdk():
    found = [
        each
        for each in imports()
        if each.what.partition(".")[0] in SDKS
        and layer(each.where) != "clients"
        and not (layer(each.where) == "web" and "twilio.request_validator" in each.what)
    ]
    assert not found, broken(found)


def test_the_web_process_loads_no_sdk_and_reads_no_documents():
    heavy = ("authlib", "openai", "twilio.rest", *FORMATS)
    loaded = f"[name for name in {heavy} if name in sys.modules]"
    run = subprocess.run(
        [sys.executable, "-c", f"import sys, wa_assistant.web, wa_assistant.cli; print({loaded})"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "[]"


def test_the_domain_knows_no_request_and_no_current_user():
    found = [
        each
        for each in imports()
        if layer(each.where) not in ("web", "cli", "")
        and (
            (each.what.startswith("flask.") and each.what.rpartition(".")[2] in OF_A_REQUEST)
            or (each.what.startswith("flask_login.") and each.what != "flask_login.UserMixin")
            or each.what.startswith("flask_wtf")
        )
    ]
    allowed = {"wa_assistant.extensions"}
    found = [each for each in found if each.where not in allowed]
    assert not found, broken(found)


def test_pages_read_and_leave_writing_to_the_domain():
    found = [
        each
        for each in imports()
        if layer(each.where) == "web" and each.what.rpartition(".")[2] in WRITES
    ]
    assert not found, broken(found)
    written = [
        f"{where}:{call.lineno}"
        for verb in ("add", "commit", "delete", "execute", "flush", "merge")
        for where, call in calls(verb)
        if layer(where) == "web" and "db.session" in ast.unparse(call.func)
    ]
    assert not written, written


def test_jobs_are_doorbells():
    domain = sorted({*LEVELS} - {"web", "cli", "models"})
    allowed = tuple(f"wa_assistant.{each}" for each in domain)
    found = [each for each in imports() if each.where in JOBS and not each.what.startswith(allowed)]
    assert not found, broken(found)
