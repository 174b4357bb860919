"""A fragment is a partial with a route of its own, and its page includes the same."""

import io
import re
from html import unescape
from itertools import product

import pytest
from flask import template_rendered
from flask.testing import FlaskClient

from tests.cast import BIA, acting, only, rows
from tests.web import people
from wa_assistant.accounts import sign_in
from wa_assistant.journey import starters
from wa_assistant.knowledge import documents, search, trials
from wa_assistant.models import JourneyVersion, Provider, Role, User, VersionState
from wa_assistant.providers import circuit

from .source import ROOT

TEMPLATES = ROOT / "templates"
# Those at the root are parts of every page and fetch nothing.
PARTIALS = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.glob("*/_*.html")}
# A form's token holds the second in which it was made.
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
FETCHES = re.compile(r'<(\w+)[^>]*\bid="([^"]+)"[^>]*\bhx-get="([^"]+)"[^>]*>')


@pytest.fixture
def rendered(app):
    """The names of the templates rendered for routes, in order."""
    names: list[str] = []

    def note(sender, template, **_):
        names.append(template.name)

    with template_rendered.connected_to(note, app):
        yield names


def text(html: str) -> str:
    html = TOKEN.sub("", html)
    return re.sub(r"\s+", " ", html).strip()


def uploaded(owner: FlaskClient) -> str:
    """The page of an import."""
    page, file = "/participants/import", (io.BytesIO(b"number\n11 98765-4321"), "people.csv")
    return str(people.submit(owner, page, page, file=file).location)


def asked(question: str) -> int:
    """The id of a trial."""
    return trials.ask(acting("bia"), question, search.current_thresholds(), 5).id


def suggested(editor: FlaskClient, page: str) -> str:
    """The page of a conversation for which the model is to write a reply."""
    people.submit(editor, page, f"{page}/suggestion")
    return page


def test_every_partial_renders_alone_and_stands_in_its_page(app, twilio, work, rendered):
    bia = people.signed_in(app, "bia@example.com", Role.EDITOR)
    phone = people.submit(bia, "/simulator", "/simulator", name="Ivo", body="Olá").location
    work()
    written = suggested(bia, phone.replace("simulator", "conversations"))
    with app.app_context():
        starters.install()
        draft = rows(JourneyVersion, JourneyVersion.state == VersionState.DRAFT)[0]
        drafted = f"/journeys/{draft.journey_id}/draft"
        circuit.break_(Provider.MODEL, "no credit")
        paper = f"/knowledge/documents/{documents.upload(acting('bia'), 'horarios.md', b'# A').id}"
        tried = f"/knowledge/trials/{asked('Abre?')}"
        sign_in.make_link(BIA, None)
        colleague = f"/team/{only(User, User.email == BIA).id}"
    seen = set()
    pages = (
        "/",
        "/conversations",
        written,
        "/participants",
        "/simulator",
        phone,
        "/dead-letters",
        drafted,
        "/knowledge",
        paper,
        tried,
        "/knowledge/golden",
        "/knowledge/unanswered",
    )
    caio = people.signed_in(app, "caio@example.com", Role.OWNER)
    of_owners = ("/settings/hours", colleague, uploaded(caio), "/work", "/system", "/alerts")
    work()
    for reader, page_path in [*product([bia], pages), *product([caio], of_owners)]:
        page = reader.get(page_path).text
        for _, _, source in FETCHES.findall(page):
            rendered.clear()
            fragment = reader.get(unescape(source), headers={"HX-Request": "true"})
            assert fragment.status_code == 200
            assert len(rendered) == 1
            seen.update(rendered)
            assert "<html" not in fragment.text
            assert text(fragment.text), "a fragment with nothing in it proves nothing"
            assert text(fragment.text) in text(page)
    assert seen == PARTIALS


def test_what_fetches_itself_says_when_and_has_a_name():
    for path in TEMPLATES.rglob("*.html"):
        for tag in re.findall(r"<[^>]*hx-get=[^>]*>", re.sub(r"{{.*?}}", "x", path.read_text())):
            assert 'id="' in tag, path
            assert "sse:all" in tag, path
            assert "stale from:body" in tag, path
