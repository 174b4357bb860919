"""Files of about 200 lines and functions of about 25: here is where "about" ends."""

import ast

from .source import ROOT, files

LONGEST_FILE = 300
LONGEST_FUNCTION = 45
LONGER = {"config.py": 330}  # what reads a value and what the values are could part


def test_no_file_is_too_long_to_keep_in_mind():
    paths = {str(path.relative_to(ROOT)): path for path in files(".py", ".js", ".css")}
    lengths = {name: len(path.read_text().splitlines()) for name, path in paths.items()}
    assert not {
        name: length for name, length in lengths.items() if length > LONGER.get(name, LONGEST_FILE)
    }


def test_no_function_is_too_long_to_take_in():
    found = []
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert not found
