"""Documents as they are seen, dropped, watched and deleted in a browser."""

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.cast import acting, rows
from tests.knowledge import files as made
from tests.knowledge.papers import HOURS, NEW_HOURS, PRICES, document, upload
from tests.support.browser import findings, photograph
from wa_assistant.database import transaction
from wa_assistant.knowledge import documents, pending, prepare, reindex
from wa_assistant.knowledge.pending import Task
from wa_assistant.knowledge.search import filling
from wa_assistant.models import Document, DocumentState, Origin, Role

from .pages import PUSHED, of_many_looks, squeezed

BIA = ("bia@example.com", Role.EDITOR)
DAVI = ("davi@example.com", Role.VIEWER)
LIVE = "html[data-live=yes]"
PARTS = "\n\n".join(
    f"# Regulamento > Artigo {n}\n\n" + f"O artigo {n} diz o que vale para a matrícula. " * 60
    for n in range(1, 41)
)
DROP = """([selector, names]) => {
    const given = new DataTransfer();
    for (const name of names) given.items.add(new File([`# ${name}\\n\\nTexto`], name));
    const form = document.querySelector(selector);
    const send = (type) => form.dispatchEvent(new DragEvent(type, {
        bubbles: true, cancelable: true, dataTransfer: given }));
    for (const type of ["dragenter", "dragover"]) send(type);
    if (!form.classList.contains("over")) throw new Error("it does not say that it takes them");
    send("drop");
}"""

pytestmark = [
    pytest.mark.usefixtures("context"),
    # What is seen does not depend on the database.
    pytest.mark.parametrize("database", ["sqlite"]),
]


def taken(kept: Document) -> Task:
    task = pending.take(kept.id)
    assert task
    return task


@pytest.fixture
def library(work) -> dict[str, int]:
    """A document in each state, and one that failed over an earlier one."""
    papers = {
        "Manual do aluno 2027.pdf": made.pdf([["Bem-vindo ao curso de inglês."]] * 3),
        "perguntas-frequentes.csv": b"pergunta,resposta\nAbre no domingo?,Nao abre.\n",
        "regulamento.md": PARTS.encode(),
        "precos.md": PRICES.encode(),
        "horarios.md": HOURS.encode(),
    }
    for name, content in papers.items():
        documents.upload(acting("bia@example.com"), name, content)
    documents.upload(Origin.COMMAND_LINE, "contrato_digitalizado_final_v2.pdf", made.pdf([[]]))
    work()
    locked = made.pdf([["segredo"]], password=b"segredo")
    documents.replace(
        acting("caio@example.com"), document("precos.md").id, "precos-2027.pdf", locked
    )
    work()
    task = taken(upload("programa-do-curso.md", PARTS))
    with transaction():
        held = pending.held(task)
        assert held
        held.done, held.total = 29, 80
    taken(upload("ementa.docx", made.docx([("Normal", "Ementa")])))
    upload("horarios.md", NEW_HOURS)
    return {each.name: each.id for each in rows(Document)}


def whole(page: Page, name: str) -> None:
    """A picture of all of the page, which must be right as it stands."""
    page.wait_for_selector(LIVE, state="attached")
    height = min(page.evaluate("document.body.scrollHeight"), 2000)
    page.set_viewport_size({"width": page.evaluate("innerWidth"), "height": height})
    photograph(page, f"knowledge-{name}")
    assert findings(page) == [], name
    assert squeezed(page) == [], name
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), name


@of_many_looks
def test_each_page_can_be_seen_by_everybody(visit, library, look, app):
    size, theme, language = look
    bia = visit(*BIA, viewport=size, color_scheme=theme, locale=language)
    end = f"{size['width']}-{theme}-{language}"
    for name, address in {
        "list": "/knowledge",
        "paste": "/knowledge/paste",
        "ready": f"/knowledge/documents/{library['perguntas-frequentes.csv']}",
        "processing": f"/knowledge/documents/{library['programa-do-curso.md']}",
        "failed": f"/knowledge/documents/{library['contrato_digitalizado_final_v2.pdf']}",
        "replaced": f"/knowledge/documents/{library['precos-2027.pdf']}",
        "text": f"/knowledge/documents/{library['regulamento.md']}",
        "edit": f"/knowledge/documents/{library['horarios.md']}/text",
    }.items():
        page = bia.open(address)
        whole(page, f"{name}-{end}")
        page.close()
    app.config["OPENAI_EMBEDDING_MODEL"] = "text-embedding-3-large"
    page = bia.open("/knowledge")
    whole(page, f"outdated-{end}")
    page.close()
    reindex.start(acting("bia@example.com"))
    whole(bia.open("/knowledge"), f"reindexing-{end}")


@pytest.mark.parametrize("width", [1440, 390])
def test_what_can_be_done_with_a_text_stands_apart(visit, width):
    kept = upload("horarios-de-atendimento-da-secretaria-e-da-biblioteca.md")
    page = visit(*BIA, viewport={"width": width, "height": 900}).open(
        f"/knowledge/documents/{kept.id}"
    )
    edit = page.get_by_role("link", name="Edit the text").bounding_box()
    replace = page.get_by_text("Replace the file").bounding_box()
    assert edit
    assert replace
    assert edit["y"] + edit["height"] <= replace["y"]


@of_many_looks
def test_who_begins_and_who_is_refused_is_told_what_to_do(visit, look, tmp_path):
    size, theme, language = look
    bia = visit(*BIA, viewport=size, color_scheme=theme, locale=language)
    bia.expected = ("422",)
    end = f"{size['width']}-{theme}-{language}"
    page = bia.open("/knowledge")
    whole(page, f"empty-{end}")
    given = {
        "horarios.md": HOURS.encode(),
        "vazio.txt": b"",
        "fotos da turma de 2026.zip": b"PK",
        "apostila.pdf": b"x" * 25 * 1024 * 1024,
    }
    for name, content in given.items():
        (tmp_path / name).write_bytes(content)
    page.locator("#files").set_input_files([tmp_path / name for name in given])
    page.locator(".drop button").click()
    expect(page.locator(".refusals li")).to_have_count(3)
    expect(page.locator("#document-list tbody tr")).to_have_count(1)
    whole(page, f"refused-{end}")
    page.close()
    bia.expected = ("422", "409")
    page = bia.open(f"/knowledge/documents/{document().id}/text")
    upload(text=NEW_HOURS, actor="caio@example.com")
    page.locator("#text").fill("Fechado.")
    page.locator("form.form-wide .button-primary").click()
    page.locator(".theirs > summary").click()
    whole(page, f"overtaken-{end}")
    page.close()
    davi = visit(*DAVI, viewport=size, color_scheme=theme, locale=language)
    whole(davi.open("/knowledge"), f"viewer-{end}")


def test_what_is_dropped_is_uploaded_and_watched_until_it_is_ready(visit, work):
    page = visit(*BIA).open("/knowledge")
    page.wait_for_selector(LIVE, state="attached")
    page.evaluate(DROP, [".drop", ["um.md", "dois.md"]])
    expect(page.get_by_text("2 documents are uploaded.")).to_be_visible()
    expect(page.locator(".badge", has_text="Waiting")).to_have_count(2)
    page.wait_for_selector(LIVE, state="attached")
    expect(page.locator(".htmx-request")).to_have_count(0)
    work()
    expect(page.locator(".badge", has_text="Ready")).to_have_count(2, timeout=PUSHED)


def test_the_bar_moves_while_passages_are_embedded(visit):
    kept = upload("regulamento.md", PARTS)
    davi = visit(*DAVI)
    seen: dict[str, list[str]] = {"list": [], "document": []}
    pages = {
        "list": davi.open("/knowledge"),
        "document": davi.open(f"/knowledge/documents/{kept.id}"),
    }
    for page in pages.values():
        page.wait_for_selector(LIVE, state="attached")

    def watched(passages, vector_set_id, told):
        def heard(done: int) -> None:
            told(done)
            for name, page in pages.items():
                page.bring_to_front()
                bar = page.get_by_role("progressbar")
                expect(bar).to_have_attribute("value", str(done), timeout=PUSHED)
                seen[name].append(f"{done}/{bar.get_attribute('max')}")

        filling.embed(passages, vector_set_id, heard)

    prepare.run([taken(kept)], watched)
    total = document("regulamento.md").passages
    steps = [*range(filling.BATCH, total, filling.BATCH), total]
    assert seen["list"] == seen["document"] == [f"{done}/{total}" for done in steps]
    assert len(steps) > 1
    for page in pages.values():
        page.bring_to_front()
        expect(page.locator(".badge", has_text="Ready")).to_be_visible()
    expect(pages["document"].locator(".passage")).not_to_have_count(0)


def test_deleting_asks_first(visit, work):
    kept = upload()
    work()
    page = visit(*BIA).open(f"/knowledge/documents/{kept.id}")
    page.get_by_role("button", name="Delete…").click()
    asked = page.get_by_role("dialog")
    expect(asked).to_contain_text("gone for good")
    assert findings(page) == []
    asked.get_by_role("button", name="Cancel").click()
    assert len(rows(Document)) == 1
    page.get_by_role("button", name="Delete…").click()
    asked.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("“horarios.md” is deleted.")).to_be_visible()
    expect(page.get_by_text("There is no document yet")).to_be_visible()
    assert rows(Document) == []


def test_reindexing_asks_first_and_its_bar_goes_when_it_is_through(visit, work, app):
    upload()
    work()
    app.config["OPENAI_EMBEDDING_MODEL"] = "text-embedding-3-large"
    page = visit(*BIA).open("/knowledge")
    page.get_by_role("button", name="Reindex all…").click()
    page.get_by_role("dialog").get_by_role("button", name="Reindex all").click()
    expect(page.get_by_role("progressbar", name="Progress of reindexing")).to_be_visible()
    page.wait_for_selector(LIVE, state="attached")
    expect(page.locator(".htmx-request")).to_have_count(0)
    work()
    expect(page.get_by_role("progressbar")).to_have_count(0, timeout=PUSHED)


@pytest.fixture
def plain(visit) -> Page:
    bia = visit(*BIA, java_script_enabled=False)
    bia.expected = ("422",)
    page: Page = bia.open("/knowledge")
    return page


def test_without_scripts_documents_are_uploaded_pasted_replaced_and_deleted(plain, work):
    page = plain
    expect(page.get_by_text("You can drop them here")).not_to_be_visible()
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("Choose a file first.")).to_be_visible()
    given: FilePayload = {"name": "a.md", "mimeType": "text/markdown", "buffer": HOURS.encode()}
    page.get_by_label("Upload documents").set_input_files([given])
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_text("1 document is uploaded.")).to_be_visible()
    page.get_by_role("link", name="Paste text").click()
    page.get_by_label("Title").fill("Preços")
    page.get_by_label("Text", exact=True).fill(PRICES)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("“Preços” is saved.")).to_be_visible()
    page.get_by_text("Replace the file").click()
    page.get_by_label("New file").set_input_files([{**given, "name": "b.md"}])
    page.get_by_role("button", name="Replace", exact=True).click()
    expect(page.get_by_role("heading", name="b.md")).to_be_visible()
    work()
    assert document("b.md").state == DocumentState.READY
    page.get_by_role("button", name="Delete…").click()
    expect(page.get_by_text("“b.md” is deleted.")).to_be_visible()
    assert [each.name for each in rows(Document)] == ["a.md"]
