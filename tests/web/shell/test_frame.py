"""What every page stands in."""

import gzip
import re

import pytest

from config import ROOT
from tests.web.people import signed_in
from wa_assistant.models import Role
from wa_assistant.web.shell import assets
from wa_assistant.web.shell.assets import FOR_EVER

PLACES = {
    "/": "Overview",
    "/conversations": "Conversations",
    "/simulator": "Simulator",
    "/preferences": "Preferences",
}
CURRENT = re.compile(r'<a class="place" href="([^"]+)" aria-current="page">')


@pytest.mark.parametrize("path", PLACES)
def test_a_page_has_its_title_and_says_where_one_is(bia, path):
    page = bia.get(path).text
    assert f"<title>{PLACES[path]} · WhatsApp assistant</title>" in page
    assert CURRENT.findall(page) == [path]
    assert page.count("<h1") == 1
    assert page.index('class="skip" href="#main"') < page.index("<nav") < page.index('id="main"')


def test_an_error_is_nowhere(bia):
    assert CURRENT.findall(bia.get("/nothing").text) == []


def test_who_is_not_signed_in_has_no_rail_and_no_script(client):
    page = client.get("/sign-in").text
    assert 'class="rail"' not in page
    assert "<script" not in page


def test_every_file_a_page_names_is_there(bia):
    page = bia.get("/").text
    named = set(re.findall(r'(?:href|src)="(/(?:static/|style|script)[^"#]+)', page))
    assert {path.partition("?")[0] for path in named} == {
        "/script.js",
        "/static/icons/icon.svg",
        "/static/icons/sprite.svg",
        "/style.css",
    }
    for path in named:
        kept = bia.get(path)
        assert (kept.status_code, kept.headers["Cache-Control"]) == (200, FOR_EVER), path
        # Who signs in, or is shown a word that passes by, has another cookie from then on.
        assert "Cookie" not in kept.headers.get("Vary", "")


def test_an_error_is_never_kept(bia):
    named = re.findall(r'href="(/static/[^"#]+)', bia.get("/").text)[0]
    beyond = bia.get(named, headers={"Range": "bytes=9999999-"})
    assert (beyond.status_code, beyond.headers["Cache-Control"]) == (416, "no-store")
    nothing = bia.get("/static/nothing.css?v=0123456789ab")
    assert (nothing.status_code, nothing.headers["Cache-Control"]) == (404, "no-store")


def test_all_style_sheets_are_one_in_which_the_layers_come_first(client):
    found = client.get("/style.css")
    assert found.mimetype == "text/css"
    assert found.data.startswith(b"@layer reset, tokens, base, layout, components, utilities;")
    for path in (ROOT / "static" / "css").rglob("*.css"):
        assert path.read_bytes() in found.data


def test_all_scripts_are_one_in_their_order(client):
    found = client.get("/script.js")
    assert found.mimetype == "text/javascript"
    scripts = sorted((ROOT / "static" / "js").glob("*.js"))
    assert found.data == b"\n".join(path.read_bytes() for path in scripts)


@pytest.mark.parametrize("path", ["/style.css", "/script.js"])
def test_what_is_joined_comes_compressed_to_who_can_read_it(client, path):
    plain = client.get(path)
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert gzip.decompress(packed.data) == plain.data == refused.data
    assert len(packed.data) < len(plain.data) / 2
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    for found in (plain, packed):
        assert "Accept-Encoding" in found.headers["Vary"]


@pytest.mark.parametrize("path", ["/style.css", "/script.js", "/static/js/live.js"])
@pytest.mark.parametrize("digest", ["", "?v=", "?v=0123456789ab"])
def test_what_another_release_named_is_not_kept(client, path, digest):
    assert client.get(path + digest).headers["Cache-Control"] in ("no-store", "no-cache")


def test_a_file_that_changed_has_another_address(client, monkeypatch, tmp_path):
    (tmp_path / "css" / "components").mkdir(parents=True)
    for name in assets.SHEETS:
        (tmp_path / "css" / f"{name}.css").write_text("@layer base { }")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(client.application, "debug", True)
    before = address(client)
    assert address(client) == before
    (tmp_path / "css" / "base.css").write_text("@layer base { p { margin: 0 } }")
    assert address(client) != before


def address(client):
    (found,) = re.findall(r'href="(/style[^"]+)"', client.get("/sign-in").text)
    return found


def test_every_icon_that_is_drawn_is_in_the_sprite():
    sprite = (ROOT / "static" / "icons" / "sprite.svg").read_text()
    there = re.findall(r'<symbol id="(\w+)"', sprite)
    assert len(there) == len(set(there)), "a second one of a name is never drawn"
    drawn = set()
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text()
        drawn |= set(re.findall(r'\b(?:icon|draw)\("(\w+)"', text))
        drawn |= set(re.findall(r'\bicon="(\w+)"', text))
    assert drawn <= set(there)


@pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)
def test_that_no_model_is_connected_is_said_on_every_page(bia, client):
    for path in PLACES:
        assert "No model is connected." in bia.get(path).text
        assert "Twilio is not connected." not in bia.get(path).text
    assert "Where the documents hold the answer it is quoted" in bia.get("/").text
    assert "No model is connected." not in client.get("/sign-in").text


def test_the_components_are_for_who_builds_pages(app, make_app, monkeypatch, bia):
    assert bia.get("/_components").status_code == 404
    assert "/_components" not in bia.get("/").text
    monkeypatch.setenv("FLASK_DEBUG", "1")
    builder = signed_in(make_app(), "caio@example.com", Role.OWNER)
    assert builder.get("/_components").status_code == 200
    assert CURRENT.findall(builder.get("/_components").text) == ["/_components"]
