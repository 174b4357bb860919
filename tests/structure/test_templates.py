"""What no template may do, whoever writes it."""

import re

import pytest
from jinja2 import Environment, nodes

from .source import ROOT, files

TEMPLATES = [path for path in files(".html") if (ROOT / "templates") in path.parents]
FORBIDDEN = {
    r"\|\s*safe\b": "lets markup through",
    r"autoescape": "lets markup through",
    r"\bMarkup\b": "lets markup through",
    r"\son\w+\s*=": "is a handler the policy refuses",
    r"\bhx-on\b|\bhx-vals\b.*js:": "is evaluated, which the policy refuses",
    r"\sstyle\s*=": "is a style the policy refuses",
    r"<style\b": "is a style the policy refuses",
    r"\brole\s*[!=]=\s*[\"']|\brole\s+(not )?in\b": "asks for a role: may() asks for an act",
    r"javascript:": "is a script in a link",
    r"\t| \n|\r": "is untidy",
}
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
# Who follows a link that somebody wrote keeps the conversation, and the reply they are writing.
# Nothing else opens a tab of its own.
LINKS_IN_A_MESSAGE = re.compile(r"(message\.body|message\|own_words|words|notice)[|]marked")
OF_MESSAGES = [ROOT / "templates" / "inbox/besides.html"]
MESSAGES = [ROOT / "templates" / each for each in ("inbox/message.html", "simulator/_thread.html")]
pytestmark = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


def parsed(path):
    return JINJA.parse(path.read_text())


def test_nothing_forbidden(template):
    words = template.read_text()
    found = [f"{pattern} {why}" for pattern, why in FORBIDDEN.items() if re.search(pattern, words)]
    assert not found


def test_only_links_in_a_message_open_a_tab_of_their_own(template):
    words = template.read_text()
    if template in MESSAGES:
        assert LINKS_IN_A_MESSAGE.search(words)
        words = LINKS_IN_A_MESSAGE.sub("", words)
    assert not re.search(r"_blank|(?<!-)\btarget=", words)
    leads_out = "urlize|[|]marked" if template in OF_MESSAGES else "urlize|[|]marked|[|]linked"
    assert not re.search(leads_out, words), "or another tab would depend on where one stands"


def test_every_script_has_the_nonce_and_what_is_not_ours_its_hash(template):
    for tag in re.findall(r"<script\b[^>]*>", template.read_text()):
        assert 'nonce="{{ csp_nonce() }}"' in tag
        assert "src=" in tag
        if "https://" in tag:
            assert re.search(r"@\d+\.\d+\.\d+/", tag), "the version is not pinned"
            assert re.search(r'integrity="sha384-[\w+/]{64}"', tag)
            assert 'crossorigin="anonymous"' in tag


def test_what_is_imported_is_used_there_or_in_what_is_included(template):
    tree = parsed(template)
    included = [
        parsed(ROOT / "templates" / each.template.as_const())
        for each in tree.find_all(nodes.Include)
        if isinstance(each.template, nodes.Const)
    ]
    named = [name for each in (tree, *included) for name in each.find_all(nodes.Name)]
    used = {each.name for each in named if each.ctx == "load"}
    asked = [each for found in tree.find_all(nodes.FromImport) for each in found.names]
    imported = {each if isinstance(each, str) else each[1] for each in asked}
    assert imported - used == set()


def test_nothing_else_comes_from_elsewhere(template):
    for tag in re.findall(r"<(?:link|img|source|iframe|video|audio)\b[^>]*>", template.read_text()):
        assert "//" not in tag


def test_every_form_that_changes_something_has_its_token(template):
    for form in re.findall(r"<form\b.*?</form>", template.read_text(), re.DOTALL):
        if 'method="post"' in form:
            assert 'name="csrf_token" value="{{ csrf_token() }}"' in form


def test_every_field_has_its_label(template):
    words = template.read_text()
    for tag in re.findall(r"<(?:input|textarea|select)\b[^>]*>", words):
        if 'type="hidden"' in tag:
            continue
        ids = re.findall(r'\bid="([^"]+)"', tag)
        labelled = any(f'for="{each}"' in words for each in ids)
        inside = re.search(rf"<label\b[^>]*>[^<]*{re.escape(tag)}", words)
        assert labelled or inside, tag
