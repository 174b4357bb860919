"""Whatever a person reads can be read in each of our languages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.support.processes import ROOT
from tests.support.translations import CATALOGUES
from wa_assistant.web.shell.locale import LANGUAGES

KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WEBHOOKS = ROOT / "wa_assistant" / "web" / "webhooks.py"
# What the webhooks say is read in Twilio's log, by whoever set it up.
MODULES = sorted({*(ROOT / "wa_assistant" / "web").glob("*.py")} - {WEBHOOKS})
WORD = re.compile(r"[^\W\d_]{2,}")
READ_ALOUD = {"aria-label", "aria-description", "placeholder", "title", "alt"}
OF_NO_LANGUAGE = {"pre", "code", "script"}
CLASSES = re.compile(r"{% block body_class %}.*?{% endblock %}")
# Which argument of a component is shown; `field` and its like begin with the name in the form.
SHOWN = {
    **dict.fromkeys(("button", "button_link", "action", "badge", "empty", "page_head", "table"), 0),
    **dict.fromkeys(("field", "textarea", "select", "choices", "count", "dialog"), 1),
}
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)

of_templates = pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates"))
)


@cache
def source() -> dict[Any, set[str]]:
    """Every sentence of the source by its context and itself, with the names that are filled into
    it."""
    with (ROOT / "babel.cfg").open() as file:
        method_map, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, method_map, options, keywords=KEYWORDS)
    return {(context, sentence): names(sentence) for _, _, sentence, _, context in found}


def names(sentence: Any) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]", str(sentence)))


def read(path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def test_each_language_but_the_source_s_has_a_catalogue():
    assert {path.parts[-3] for path in CATALOGUES} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_a_catalogue_has_each_sentence_and_no_other(path):
    catalogue = read(path)
    known = {(message.context, message.id): message for message in catalogue if message.id}
    assert [each for each in source() if each not in known] == [], "make translations"
    assert [each for each in known if each not in source()] == [], "make translations"
    assert not catalogue.obsolete
    for sentence, message in known.items():
        words = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(words), f"not translated: {sentence}"
        assert not message.fuzzy, sentence
        assert all(names(each) == source()[sentence] for each in words), sentence


class Shown(HTMLParser):
    """Collects the words a page shows or reads aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within += [tag] if tag in OF_NO_LANGUAGE else []
        for name, value in attrs:
            self.words += WORD.findall(value or "") if name in READ_ALOUD else []

    def handle_endtag(self, tag: str) -> None:
        if tag in self._within:
            self._within.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.words += WORD.findall(data)


@of_templates
def test_a_template_shows_no_word_that_is_not_translated(path):
    # What stands outside of Jinja's expressions; a mark stands for each of those.
    pieces = JINJA.lex(CLASSES.sub("", path.read_text()))
    html = "".join(t if kind == "data" else "0" if "end" in kind else "" for _, kind, t in pieces)
    shown = Shown()
    shown.feed(html)
    shown.close()
    assert shown.words == []


@of_templates
def test_a_component_is_given_translated_words(path):
    for call in JINJA.parse(path.read_text()).find_all(nodes.Call):
        at = SHOWN.get(getattr(call.node, "name", ""))
        if at is not None and len(call.args) > at:
            given = call.args[at]
            assert not isinstance(given, nodes.Const) or not given.value, given


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_python_says_no_sentence_that_is_not_translated(path):
    tree = ast.parse(path.read_text())
    fine = set(_documented(tree)) | set(_translated(tree))
    said = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)]
    sentences = [each for each in said if isinstance(each, str) and _is_sentence(each)]
    assert [each for each in sentences if each not in fine] == []


def _is_sentence(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z][^\n]*\s[^\n]*[.!?]", text))


def _documented(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef):
            yield ast.get_docstring(node, clean=False) or ""


def _translated(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in KEYWORDS:
            yield from (str(e.value) for e in ast.walk(node) if isinstance(e, ast.Constant))
