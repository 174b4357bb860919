"""A word has one meaning (docs/glossary.md): those that had a second one do not come back."""

import ast
import re

import pytest

from .source import ROOT, files, modules

# Words and what is said instead; compared with the parts of each name in the code.
GONE = {
    "journal": "webhook log",
    "lease": "claim (a policy's `lease` is the time a claim lasts)",
    "saying": "fixed text",
    "sayings": "fixed text",
    "verdict": "failure policy",
    "circles": "loop guard",
    "grounds": "retrieval",
    "floor": "threshold",
    "floors": "threshold",
    "canned": "fixed text",
    "poison": "dead letter",
    "aside": "dead letter",
    "campaign": "broadcast",
}
ALLOWED = {
    ("wa_assistant.work.policies", "lease"),
    ("wa_assistant.work.claims", "lease"),
    ("wa_assistant.delivery.send", "lease"),
}


def parts(name: str) -> set[str]:
    return set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))


def names(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found


@pytest.mark.parametrize("module", sorted(modules()))
def test_no_name_in_the_code_has_a_second_word(module):
    gone = {
        f"{name}: say {GONE[part]}"
        for name in {*names(modules()[module]), *module.split(".")}
        for part in parts(name) & GONE.keys()
        if (module, part) not in ALLOWED
    }
    assert not gone, gone


def test_no_file_and_no_table_has_one():
    paths = files(".py", ".html", ".css", ".js")
    found = {
        str(path.relative_to(ROOT))
        for path in paths
        if set(re.split(r"[_\-.]", path.name)) & GONE.keys()
    }
    assert not found


def test_each_word_that_is_gone_stands_in_the_glossary_as_what_is_not_said():
    glossary = (ROOT / "docs" / "glossary.md").read_text().lower()
    last_columns = " ".join(
        line.rstrip(" |").rpartition("|")[2] for line in glossary.splitlines() if "|" in line
    )
    missing = [word for word in GONE if not re.search(rf"\b{word.removesuffix('s')}", last_columns)]
    assert not missing
