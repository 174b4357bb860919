"""The layers, downward only: web, cli, jobs -> assistant -> journey, knowledge -> messaging ->
privacy -> settings -> models, on a ground floor that uses nobody."""

import ast
import subprocess
import sys

from wa_assistant.queue import QUEUES

from .source import ROOT, Import, calls, imports, modules

GROUND = (
    "clients",
    "database",
    "extensions",
    "faults",
    "live",
    "postgres",
    "queue",
    "rates",
    "sqlite",
)
LEVELS = {
    "models": 0,
    "settings": 1,
    "accounts": 2,
    "privacy": 2,
    "messaging": 3,
    "journey": 4,
    "knowledge": 4,
    "assistant": 5,
    "insight": 5,
    "operations": 5,
    "cli": 6,
    "cli_knowledge": 6,
    "cli_documents": 7,  # further commands of the same group
    "web": 6,
}
SDKS = ("openai", "twilio")
OF_A_REQUEST = {
    *("Blueprint", "abort", "g", "flash", "make_response", "redirect", "render_template"),
    *("request", "session", "url_for"),
}
WRITES = {"transaction", "insert_once", "after_commit"}


def layer(dotted: str) -> str:
    """ "messaging" for wa_assistant.messaging.outbox.send; "" for what is not below the factory."""
    package, _, rest = dotted.partition(".")
    return rest.partition(".")[0] if package == "wa_assistant" else ""


def broken(found: list[Import]) -> str:
    return "\n".join(str(each) for each in found)


def test_every_package_has_its_place():
    named = {layer(name) for name in modules()} - {""}
    assert named <= {*LEVELS, *GROUND}


def test_nobody_imports_upwards_or_sideways():
    found = [
        each
        for each in imports()
        if (here := layer(each.where)) in LEVELS
        and (there := layer(each.what)) in LEVELS
        and here != there
        and LEVELS[here] <= LEVELS[there]
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


def test_the_web_process_loads_no_sdk():
    loaded = "[name for name in ('openai', 'twilio.rest') if name in sys.modules]"
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
        if layer(each.where) not in ("web", "cli", "cli_knowledge", "")
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
    packages = ("assistant", "journey", "knowledge", "messaging", "operations")
    allowed = tuple(f"wa_assistant.{each}" for each in packages)
    found = [
        each for each in imports() if each.where in QUEUES and not each.what.startswith(allowed)
    ]
    assert not found, broken(found)
