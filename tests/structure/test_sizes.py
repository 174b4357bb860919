"""Lines that can be read, files of about 200, functions of about 25, templates of about 80.

Here is where "about" ends.
"""

import ast
import re

import pytest

from .source import ROOT, files

LONGEST_LINE = 100
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
# By what stands in it: one attribute or one argument a line makes no template harder to take in.
LONGEST_TEMPLATE = 120

SHEETS = files(".css")
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TAG = re.compile(r"<[a-z][^>]*>")


def named(path):
    return str(path.relative_to(ROOT))


def test_no_line_is_too_long_to_read():
    found = [
        f"{named(path)}:{number}: {len(line)}"
        for path in files(".py", ".js", ".css", ".html")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if is_too_long(line)
    ]
    assert not found


def is_too_long(line):
    """As ruff counts: a lint's mark does not count, nor a word that cannot be parted."""
    words = re.sub(r"  # noqa.*", "", line)
    return len(words) > LONGEST_LINE and len(words.split()) > 1


def test_no_file_is_too_long_to_keep_in_mind():
    lengths = {path: len(path.read_text().splitlines()) for path in files(".py", ".js", ".css")}
    found = [f"{named(path)}: {n}" for path, n in lengths.items() if n > LONGEST_FILE]
    assert not found


def test_no_template_holds_too_much_to_take_in():
    lengths = {path: lines_of(path.read_text()) for path in files(".html")}
    found = [f"{named(path)}: {n}" for path, n in lengths.items() if n > LONGEST_TEMPLATE]
    assert not found


def lines_of(template):
    """Its lines, where a tag or an expression counts as one, however many it is parted over."""
    return len(TAG.sub("<>", JINJA.sub("{}", template)).splitlines())


def test_a_tag_of_several_lines_has_an_attribute_a_line():
    found = [
        f"{named(path)}: {line.strip()}"
        for path in files(".html")
        for tag in TAG.findall(JINJA.sub("", path.read_text()))
        for line in re.sub(r'"[^"]*"', "", tag).splitlines()
        if "\n" in tag and len(line.split()) > 1
    ]
    assert not found


def test_no_function_is_too_long_to_take_in():
    found = []
    for path in files(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found.append(f"{named(path)}: {node.name} has {length} lines")
    assert not found


@pytest.mark.parametrize("path", SHEETS, ids=named)
def test_each_declaration_and_each_selector_has_a_line_of_its_own(path):
    sheet = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    found = [line for line in sheet.splitlines() if holds_several(line)]
    assert not found


def holds_several(line):
    """More than a selector, a declaration, or the beginning or the end of a rule."""
    words = re.sub(r'"[^"]*"', "", line).strip()
    while words != (shorter := re.sub(r"\([^()]*\)", "", words)):
        words = shorter
    if words.endswith("{") and not words.startswith("@") and "," in words:
        return True
    return bool(re.search(r"[{};].", words)) or (words.endswith("}") and words != "}")


@pytest.mark.parametrize(
    "line",
    [
        "a { color: red; }",
        "color: red; margin: 0;",
        "margin: 0; }",
        "a, b {",
        "@media (width) { a {",
        "} a {",
    ],
)
def test_a_line_that_holds_several_is_seen(line):
    assert holds_several(line)


@pytest.mark.parametrize(
    "line",
    ["", "}", "a:is(b, c) {", "a,", "@layer a, b {", "@layer a, b;", 'content: ";}";', "top: 0;"],
)
def test_a_line_that_holds_one_is_let_pass(line):
    assert not holds_several(line)
