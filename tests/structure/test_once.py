"""What is done once, in one place, is done nowhere else."""

import ast

from .source import calls, imports, modules

RESPOND = "wa_assistant.web.respond"


def test_only_one_module_writes_the_audit_and_only_its_package_reads_it():
    written = {where for where, _ in calls("AuditEntry")}
    named = {each.where for each in imports() if each.what.endswith(".AuditEntry")}
    assert written == {"wa_assistant.audit"}
    assert {where for where in named if not f"{where}.".startswith("wa_assistant.audit.")} == {
        "wa_assistant.models"
    }


def test_only_one_function_rings_for_a_conversation():
    names = {where for where, call in calls("thread") if ast.unparse(call.func) == "live.thread"}
    assert not [where for where in names if not where.startswith("wa_assistant.web.")]


def test_only_one_module_tells_htmx_from_a_plain_form():
    headers = {"HX-Request", "HX-Redirect", "HX-Trigger"}
    found = {
        where
        for where, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and node.value in headers
    }
    assert found == {RESPOND}


def test_only_one_module_answers_a_form():
    found = {where for where, _ in calls("flash")}
    found |= {where for where, call in calls("redirect") if call.keywords}
    assert found == {RESPOND}
    refusals = [
        f"{where}:{node.lineno}"
        for where, tree in modules().items()
        if where.startswith("wa_assistant.web") and where != RESPOND
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple)
        for code in node.value.elts
        if isinstance(code, ast.Constant) and code.value in (303, 409, 413, 422)
    ]
    assert not refusals


def test_only_the_table_of_who_may_do_what_asks_for_a_role():
    asked = {where for where, _ in calls("covers")}
    assert asked == {"wa_assistant.accounts.authority"}
    compared = [
        f"{where}:{node.lineno}"
        for where, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        for side in (node.left, *node.comparators)
        if ast.unparse(side).startswith("Role.") or ast.unparse(side).endswith(".role")
    ]
    assert not compared
