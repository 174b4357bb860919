"""The documents the assistant answers from: the list, and each with its passages.

Viewers read all of it; who may change it stands in knowledge_uploads.py and
knowledge_pasting.py.
"""

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from ...knowledge import library, pasting, reading, unanswered
from ...models import Document
from .. import access
from ..access import row_id

blueprint = Blueprint("knowledge", __name__, url_prefix="/knowledge")

ACCEPTED = ",".join(f".{ending}" for ending in reading.ENDINGS)


@blueprint.get("")
@access.may(Act.READ_KNOWLEDGE)
def index() -> ResponseReturnValue:
    return page()


@blueprint.get("/documents")
@access.may(Act.READ_KNOWLEDGE)
def listing() -> ResponseReturnValue:
    return render_template("knowledge/_documents.html", **context())


@blueprint.get("/documents/<id:document_id>")
@access.may(Act.READ_KNOWLEDGE)
def show(document_id: int) -> ResponseReturnValue:
    return document_page(document_id)


@blueprint.get("/documents/<id:document_id>/passages")
@access.may(Act.READ_KNOWLEDGE)
def passages(document_id: int) -> ResponseReturnValue:
    if library.document(document_id) is None:
        return render_template("knowledge/gone.html")  # whoever looks at it is told so
    return render_template("knowledge/_document.html", **document_context(document_id))


def page(**said: Any) -> str:
    """The list with the form above it; `said`: what became of what was sent."""
    return render_template("knowledge/index.html", accepted=ACCEPTED, **context(), **said)


def document_page(document_id: int, **said: Any) -> str:
    known = document_context(document_id)
    is_text = pasting.text_of(known["document"]) is not None
    return render_template(
        "knowledge/show.html", accepted=ACCEPTED, is_text=is_text, **known, **said
    )


def context() -> dict[str, Any]:
    before = request.args.get("before", type=row_id)
    documents, older = library.listing(before)
    return {
        "open_questions": unanswered.number(),
        "documents": documents,
        "older": older,
        "before": before,
        "vectors": library.vectors(),
    }


def document_context(document_id: int) -> dict[str, Any]:
    document = of_id(document_id)
    after = request.args.get("after", type=row_id)
    found, following = library.passages(document_id, after)
    return {
        "document": document,
        "passages": found,
        "following": following,
        "after": after,
    }


def of_id(document_id: int) -> Document:
    found = library.document(document_id)
    if found is None:
        abort(404)
    return found
