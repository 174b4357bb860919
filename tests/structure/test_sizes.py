"""Files of about 200 lines and functions of about 25: here is where "about" ends."""

import ast

from .source import ROOT, files

LONGEST_FILE = 300
LONGEST_FUNCTION = 45


def test_no_file_is_too_long_to_keep_in_mind():
    lengths = {path: len(path.read_text().splitlines()) for path in files(".py", ".js", ".css")}
    found = [f"{p.relative_to(ROOT)}: {n}" for p, n in lengths.items() if n > LONGEST_FILE]
    assert not found


def test_no_function_is_too_long_to_take_in():
    found = []
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert not found
