"""Every route says what it is, and is for whom it is written here: a second time, on purpose.

That the gate lets in exactly these, test_gate.py shows.
"""

import re

from deploy.peer import MOST_BODY
from tests.web import people
from wa_assistant.models import Role
from wa_assistant.web import access

from .route_table import ASKED, CONVERSATION

# What anybody on the internet may call. Whoever adds to this list has thought about it.
PUBLIC = {
    "GET /api/health",
    "GET /health",
    "GET /health/ready",
    "GET /privacy",  # for participants
    "GET /privacy/<id:number>",
    "GET /sign-in",
    "GET /sign-in/github",
    "GET /sign-in/github/callback",
    "GET /sign-in/<token>",
    "GET /static/<path:filename>",
    "GET /script.js",
    "GET /style.css",
    "POST /sign-in/<token>",
    "POST /sign-in/link",  # to whose address it is sent
    "POST /whatsapp/status",  # signed by Twilio
    "POST /whatsapp/webhook",  # signed by Twilio
}
CONVERSATION = "/conversations/<id:participant_id>"
COLLEAGUE = "/team/<id:user_id>"
DOCUMENT = "/knowledge/documents/<id:document_id>"
IMPORT = "/participants/import/<id:import_id>"
JOURNEY = "/journeys/<id:journey_id>"
SIMULATED = "/simulator/<id:participant_id>"
VIEWERS = {
    "GET /waiting",
    "GET /",
    "GET /attention",
    "GET /conversations",
    "GET /conversations/list",
    f"GET {CONVERSATION}",
    f"GET {CONVERSATION}/answers",
    f"GET {CONVERSATION}/head",
    f"GET {CONVERSATION}/plan",
    f"GET {CONVERSATION}/thread",
    "GET /dead-letters",
    "GET /first-day",
    "GET /dead-letters/list",
    "GET /journeys",
    f"GET {JOURNEY}",
    f"GET {JOURNEY}/comparison",
    f"GET {JOURNEY}/versions/<id:version_id>",
    f"GET {JOURNEY}/versions/<id:version_id>/stages/<key>",
    "GET /knowledge",
    "GET /knowledge/documents",
    f"GET {DOCUMENT}",
    f"GET {DOCUMENT}/passages",
    "GET /knowledge/golden",
    "GET /knowledge/golden/list",
    "GET /knowledge/unanswered",
    "GET /knowledge/unanswered/list",
    "GET /notices",
    "GET /overview/<slug>",
    "GET /preferences",
    "POST /preferences",
    "POST /preferences/name",
    "POST /preferences/sessions/<id:session_id>/end",
    "POST /preferences/sessions/end",
    "GET /users/<id:user_id>/picture",
    "GET /media/<id:media_id>",
    "GET /set-aside",  # leads to the dead letters
    "GET /stream",
    "GET /team",
    "GET /team/roles",
    "POST /sign-out",
}
EDITORS = {
    f"POST {CONVERSATION}/files/<id:media_id>/transcript",
    f"POST {CONVERSATION}/answers",
    f"POST {CONVERSATION}/answers/<id:answer_id>/confirmation",
    f"POST {CONVERSATION}/assignment",
    f"POST {CONVERSATION}/attention",
    f"POST {CONVERSATION}/attention/again",
    f"POST {CONVERSATION}/attention/end",
    f"POST {CONVERSATION}/messages",
    f"POST {CONVERSATION}/messages/<id:message_id>/again",
    f"POST {CONVERSATION}/pause",
    f"POST {CONVERSATION}/reading",
    f"POST {CONVERSATION}/takeover",
    f"POST {CONVERSATION}/takeover/end",
    "POST /dead-letters/<name>/<id:letter_id>/dismiss",
    "POST /dead-letters/<name>/<id:letter_id>/replay",
    "GET /journeys/new",
    "POST /journeys",
    f"POST {JOURNEY}/draft",
    f"GET {JOURNEY}/draft",
    f"GET {JOURNEY}/draft/stages",
    f"POST {JOURNEY}/draft/order",
    f"POST {JOURNEY}/draft/end",
    f"GET {JOURNEY}/draft/settings",
    f"POST {JOURNEY}/draft/settings",
    f"GET {JOURNEY}/draft/stage",
    f"POST {JOURNEY}/draft/stage",
    f"GET {JOURNEY}/draft/stages/<key>",
    f"POST {JOURNEY}/draft/stages/<key>",
    f"POST {JOURNEY}/draft/stages/<key>/end",
    f"GET {JOURNEY}/publishing",
    f"POST {JOURNEY}/publishing",
    f"GET {JOURNEY}/versions/<id:version_id>/moving",
    f"POST {JOURNEY}/versions/<id:version_id>/moving",
    f"POST {JOURNEY}/versions/<id:version_id>/trial",
    "POST /knowledge/documents",
    f"GET {DOCUMENT}/text",
    f"POST {DOCUMENT}/text",
    f"POST {DOCUMENT}/deletion",
    f"POST {DOCUMENT}/file",
    f"POST {DOCUMENT}/retry",
    "GET /knowledge/paste",
    "POST /knowledge/paste",
    "POST /knowledge/golden",
    "POST /knowledge/golden/<id:question_id>/deletion",
    "POST /knowledge/golden/measurements",
    "POST /knowledge/reindexing",
    "GET /knowledge/trials",
    "POST /knowledge/trials",
    "GET /knowledge/trials/<id:trial_id>",
    "GET /knowledge/trials/<id:trial_id>/result",
    "POST /knowledge/unanswered/dismissal",
    "GET /knowledge/unanswered/entry",
    "POST /knowledge/unanswered/entry",
    "GET /simulator",
    f"GET {SIMULATED}",
    f"GET {SIMULATED}/failure",
    f"GET {SIMULATED}/replies",
    f"GET {SIMULATED}/thread",
    "POST /simulator",
    f"POST {SIMULATED}/failure",
    f"GET {SIMULATED}/clock",
    f"POST {SIMULATED}/clock",
    f"POST {SIMULATED}/files",
    f"POST {SIMULATED}/messages",
    f"POST {SIMULATED}/reading",
    f"POST {SIMULATED}/voice",
}
OWNERS = {
    "GET /audit",
    "POST /audit/export",
    "POST /first-day/dismissal",
    "POST /first-day/dismissal/end",
    "GET /model",
    "GET /money",
    "GET /money/limits",
    "POST /money/limits",
    "POST /money/limits/dismissals",
    "POST /money/limits/restored/<id:call_id>",
    "POST /money/limits/undo",
    "GET /money/prices",
    "POST /money/prices",
    "GET /money/prices/form",
    "POST /money/prices/<id:price_id>/withdrawal",
    "GET /participants/export",
    "POST /participants/export",
    "GET /participants/import",
    "POST /participants/import",
    f"GET {IMPORT}",
    f"POST {IMPORT}/application",
    f"GET {IMPORT}/columns",
    f"POST {IMPORT}/columns",
    f"POST {IMPORT}/deletion",
    f"GET {IMPORT}/import",
    f"GET {IMPORT}/rejected",
    f"POST {IMPORT}/undoing",
    "GET /settings",
    "GET /settings/assistant",
    "GET /settings/company",
    "GET /settings/connections",
    "GET /settings/hours",
    "GET /settings/hours/zones",
    "GET /settings/knowledge",
    "GET /settings/money",
    "GET /settings/newcomers",
    "GET /settings/privacy",
    "GET /settings/privacy/notice",
    "POST /model/forget",
    "POST /settings/assistant",
    "POST /settings/assistant/prompt",
    "POST /settings/assistant/trials",
    "POST /settings/company",
    "POST /settings/hours",
    "POST /settings/knowledge",
    "POST /settings/money",
    "POST /settings/newcomers",
    "POST /settings/privacy",
    "POST /settings/privacy/notice",
    "POST /settings/undo",
    f"GET {COLLEAGUE}",
    f"POST {COLLEAGUE}",
    f"POST {COLLEAGUE}/conversations",
    f"POST {COLLEAGUE}/deactivation",
    f"POST {COLLEAGUE}/deactivation/end",
    f"POST {COLLEAGUE}/email",
    f"POST {COLLEAGUE}/link",
    f"POST {COLLEAGUE}/sessions/<id:session_id>/end",
    f"POST {COLLEAGUE}/sessions/end",
    f"GET {COLLEAGUE}/ways-in",
    "GET /team/invitation",
    "POST /team/invitation",
    "GET /team/sectors",
    "POST /team/sectors",
    "POST /team/sectors/<id:sector_id>",
    "POST /team/sectors/<id:sector_id>/removal",
}

ASKED = (
    dict.fromkeys(PUBLIC, None)
    | dict.fromkeys(VIEWERS, Role.VIEWER)
    | dict.fromkeys(EDITORS, Role.EDITOR)
    | dict.fromkeys(OWNERS, Role.OWNER)
)


def routes(app) -> dict[str, str]:
    """ "GET /conversations" -> its endpoint, over the whole map."""
    return {
        f"{method} {rule.rule}": rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_the_map_is_as_it_is_written_here(app):
    assert set(routes(app)) == set(ASKED)


def test_every_route_says_what_is_written_here(app):
    with app.app_context():
        said = {route: access.of(endpoint) for route, endpoint in routes(app).items()}
    least = {route: getattr(act, "least", act) for route, act in said.items()}
    assert least == {route: asked or access.PUBLIC for route, asked in ASKED.items()}


def test_only_what_twilio_signs_needs_no_token_of_a_form(app):
    app.testing = False
    signed = {"POST /whatsapp/status", "POST /whatsapp/webhook"}
    composer = f"POST {CONVERSATION}/messages"  # answers by keeping what was typed
    for route, asked in ASKED.items():
        method, _, rule = route.partition(" ")
        if method == "GET" or route in {*signed, composer}:
            continue
        role = asked or Role.OWNER
        client = people.signed_in(app, "eva@example.com", role)
        response = client.open(re.sub(r"<[^>]+>", "7", rule), method=method)
        assert response.status_code == 400, route
        assert "This form is out of date." in response.text


def test_a_larger_body_than_is_awaited_is_brought_only_by_who_is_signed_in(app):
    assert app.config["MAX_CONTENT_LENGTH"] <= MOST_BODY
    for route, endpoint in routes(app).items():
        if getattr(app.view_functions[endpoint], "takes", 0) > MOST_BODY:
            assert ASKED[route], route
