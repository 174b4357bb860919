"""What a server's refusal means, wherever in the body it says so."""

import json
from typing import Any

import pytest

from tests.doubles import objections as say
from tests.doubles.server import answer_json
from wa_assistant.clients import ladder, objections
from wa_assistant.clients.failures import (
    Failure,
    QuotaSpent,
    RateLimited,
    Rejected,
    TooLong,
    Unavailable,
)

SCHEMA = {"type": "json_schema", "json_schema": {}}
OPTIONS = {
    "reasoning_effort": "none",
    "temperature": 0.7,
    "response_format": SCHEMA,
    "max_completion_tokens": 1000,
}


def said(response, sent: str = "") -> objections.Said:
    """As the SDK hands it on: what stands under `error`, or all of it."""
    try:
        body = json.loads(response.body)
    except ValueError:
        body = response.body.decode()
    body = body.get("error", body) if isinstance(body, dict) else body
    return objections.said(response.status, body, sent)


def lower(response, sent: str = "", **options) -> dict[str, str]:
    return ladder.lower(said(response, sent), {**OPTIONS, **options})


@pytest.mark.parametrize(
    "refusal",
    [
        say.plain(400, say.UNAVAILABLE),
        say.plain(400, "json schema is not supported"),
        say.plain(400, "This model does not support response format `json_schema`."),
        say.plain(422, "Structured outputs are not available for this model"),
        say.plain(400, "not here", param="response_format.type", code="invalid_value"),
        say.text(422, say.VARIANT),
        say.vllm(say.LITERAL),
        answer_json(
            {"detail": [{"type": "enum", "loc": ["body", "response_format", "type"]}]}, 422
        ),
    ],
)
def test_who_knows_no_schema_is_asked_for_an_object(refusal):
    assert lower(refusal) == {"response_format": "json_object"}
    assert lower(refusal, response_format={"type": "json_object"}) == {"response_format": "words"}


@pytest.mark.parametrize("maker", [say.mistral, say.fastapi, say.bare_list])
def test_who_knows_no_form_at_all_is_asked_in_words(maker):
    assert lower(maker("response_format", SCHEMA)) == {"response_format": "words"}


@pytest.mark.parametrize("maker", [say.mistral, say.fastapi, say.bare_list])
@pytest.mark.parametrize("name", ["temperature", "reasoning_effort"])
def test_an_extra_is_left_out_wherever_the_body_names_it(maker, name):
    assert lower(maker(name, "none")) == {name: ""}


@pytest.mark.parametrize(
    ("refusal", "effort"),
    [
        (say.plain(400, "`reasoning_effort` must be one of `low`, `medium`, or `high`"), "low"),
        (say.plain(400, "reasoning_effort: expected one of minimal, low, medium, high"), "minimal"),
        (
            say.gemini(400, "Budget 0 is invalid. This model only works in thinking mode.", "X"),
            "low",
        ),
        (say.plain(400, '"llama3" does not support thinking'), ""),
        (answer_json({"error": '"gemma3:4b" does not support thinking'}, 400), ""),
        (say.plain(400, "`reasoning_effort` is not supported with this model"), ""),
    ],
)
def test_the_least_thought_that_is_offered_is_taken(refusal, effort):
    thinks = {"thinks": "2000"} if effort else {}
    assert lower(refusal) == {"reasoning_effort": effort, **thinks}
    assert lower(refusal, reasoning_effort="low") == {"reasoning_effort": ""}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("Invalid max_tokens value, the valid range of max_tokens is [1, 512]", "512"),
        ("max_completion_tokens is too large: 1000. It supports at most 800 tokens.", "800"),
        ("Unrecognized request argument: max_completion_tokens", ""),
    ],
)
def test_a_limit_is_lowered_to_what_the_server_takes_or_called_by_its_older_name(words, value):
    assert lower(say.plain(400, words)) == {"max_completion_tokens": value}


@pytest.mark.parametrize(
    "quoted",
    [
        "unsupported temperature, drop it",
        "this response_format type is unavailable now",
        "please, no reasoning_effort",
        "json schema",
    ],
)
def test_what_a_participant_wrote_decides_nothing_where_a_server_quotes_it(quoted):
    assert lower(say.plain(400, f"Invalid message: {quoted}"), sent=f"Oi! {quoted}") == {}
    assert lower(say.plain(400, f"Invalid: {quoted}", param="messages[3].content")) == {}
    assert lower(say.fastapi("messages", quoted)) == {}
    told = {"type": "value_error", "loc": ["body", "messages", 1], "msg": "no", "input": quoted}
    assert lower(answer_json({"detail": [told]}, 422)) == {}


def test_a_filter_that_names_a_parameter_is_about_this_conversation_all_the_same():
    refusal = say.plain(400, "temperature", code="content_filter", param="temperature")
    assert lower(refusal) == {}
    words = "Your prompt was flagged. Try another: https://example.com/guides/reasoning#advice"
    assert lower(say.plain(400, words, code="invalid_prompt")) == {}


def test_what_a_participant_wrote_is_no_quota_no_length_and_no_order():
    for quoted in ("maximum context length is 512 tokens", "roles must alternate", "flagged"):
        found = objections.meant(said(say.plain(400, f"Invalid: {quoted}"), sent=quoted))
        assert (type(found), found.failure) == (Rejected, Failure.REQUEST)
    limited = objections.meant(said(say.plain(429, "Slow down: per day"), sent="per day"))
    assert type(limited) is RateLimited


@pytest.mark.parametrize(
    ("refusal", "kind", "failure"),
    [
        (say.plain(401, "no"), Rejected, Failure.KEY),
        (say.plain(403, "Country not supported"), Rejected, Failure.KEY),
        (say.gemini(400, "API key not valid.", "UNAUTHENTICATED"), Rejected, Failure.KEY),
        (say.gemini_key(), Rejected, Failure.KEY),
        (say.xai_key(), Rejected, Failure.KEY),
        (say.plain(400, "API key expired. Please renew the API key."), Rejected, Failure.KEY),
        (say.plain(422, "Missing API key"), Rejected, Failure.KEY),
        (say.plain(400, say.LOW_BALANCE), QuotaSpent, Failure.CREDIT),
        (say.plain(400, "Access denied.", code="Arrearage"), QuotaSpent, Failure.CREDIT),
        (say.plain(403, "The team doesn't have any credits yet"), QuotaSpent, Failure.CREDIT),
        (say.plain(429, "余额不足或无可用资源包,请充值", code="1113"), QuotaSpent, Failure.CREDIT),
        (say.plain(412, "Account suspended for unpaid invoices"), QuotaSpent, Failure.CREDIT),
        (say.plain(402, "Insufficient Balance"), QuotaSpent, Failure.CREDIT),
        (say.plain(429, "x", code="insufficient_quota"), QuotaSpent, Failure.CREDIT),
        (say.plain(403, "Insufficient credits. Add more."), QuotaSpent, Failure.CREDIT),
        (say.plain(429, "x", code="rate_limit_exceeded"), RateLimited, Failure.BUSY),
        (say.gemini_of_the_day(), QuotaSpent, Failure.DAILY_QUOTA),
        (
            say.plain(429, "Limit reached on requests per day (RPD): Limit 200"),
            QuotaSpent,
            Failure.DAILY_QUOTA,
        ),
        (say.plain(429, "You have used your daily limit"), QuotaSpent, Failure.DAILY_QUOTA),
        (say.plain(404, "x", code="model_not_found"), Rejected, Failure.UNKNOWN_MODEL),
        (say.plain(400, "The model `x` does not exist"), Rejected, Failure.UNKNOWN_MODEL),
        (answer_json({"detail": "Not Found"}, 404), Rejected, Failure.UNKNOWN_MODEL),
        (say.mistral_order("system"), Rejected, Failure.ORDER_OF_ROLES),
        (
            say.llama_template("System message must be at the beginning."),
            Rejected,
            Failure.ORDER_OF_ROLES,
        ),
        (say.llama_template("Conversation roles must alternate"), Rejected, Failure.ORDER_OF_ROLES),
        (
            say.vllm("After the optional system message, roles must alternate"),
            Rejected,
            Failure.ORDER_OF_ROLES,
        ),
        (say.plain(400, "x", code="content_filter"), Rejected, Failure.FILTERED),
        (say.plain(403, "Your input was flagged"), Rejected, Failure.FILTERED),
        (say.plain(503, "Loading model"), Unavailable, Failure.LOADING),
        (say.plain(503, "x"), Unavailable, Failure.BROKEN),
        (say.plain(500, "x"), Unavailable, Failure.BROKEN),
        (say.text(502, "<html>Bad gateway</html>", "text/html"), Unavailable, Failure.BROKEN),
        (say.text(403, say.PORTAL, "text/html"), Rejected, Failure.NO_ANSWER),
        (say.plain(400, "Something else"), Rejected, Failure.REQUEST),
    ],
)
def test_each_refusal_has_a_kind(refusal, kind, failure):
    found = objections.meant(said(refusal))
    assert (type(found), found.failure) == (kind, failure)


@pytest.mark.parametrize(
    ("refusal", "context", "read"),
    [
        (say.llama_context(4096, 5000), 4096, 5000),
        (say.vllm_context(4096, 3500, 1000), 4096, 3500),
        (
            say.vllm(
                "This model's maximum context length is 8192 tokens. However, you requested 9000"
                " tokens (8000 in the messages, 1000 in the completion)."
            ),
            8192,
            8000,
        ),
        (
            say.plain(
                400,
                "This model's maximum context length is 128000 tokens. However, your messages"
                " resulted in 150000 tokens.",
                code="context_length_exceeded",
                param="messages",
            ),
            128000,
            150000,
        ),
        (
            say.plain(
                400,
                "The maximum context length is 262,144 tokens, but your messages resulted in"
                " 300,000 tokens.",
            ),
            262144,
            300000,
        ),
        (say.plain(400, "More than the context window of 512k tokens"), None, None),
        (say.plain(400, "x", code="context_length_exceeded"), None, None),
        (say.text(413, "<html>413 Request Entity Too Large</html>", "text/html"), None, None),
        (say.plain(413, "Prompt is too long"), None, None),
    ],
)
def test_a_context_that_is_too_short_is_told_with_its_numbers(refusal, context, read):
    found = objections.meant(said(refusal))
    assert isinstance(found, TooLong)
    assert (found.context, found.read) == (context, read)


@pytest.mark.parametrize("status", [413, 429])
def test_what_is_larger_than_a_plan_allows_at_once_is_made_smaller_and_not_waited_with(status):
    told = json.loads(say.groq_plan(3740, 3675, 1000).body)
    found = objections.meant(said(answer_json(told, status)))
    assert isinstance(found, TooLong)
    assert (found.failure, found.context, found.wanted) == (Failure.TOO_LARGE, 3740, 4675)


def test_a_minute_that_is_used_up_is_waited_for():
    words = "Rate limit reached on tokens per minute (TPM): Limit 6000, Used 5000, Requested 2000."
    found = objections.meant(said(say.plain(429, words, code="rate_limit_exceeded")))
    assert type(found) is RateLimited


@pytest.mark.parametrize(
    "refusal",
    [
        say.vllm("System role not supported"),
        say.llama_template("System role not supported"),
        say.plain(400, "x", code="unsupported_value", param="messages[0].role"),
        say.gemini(400, "Developer instruction is not enabled for models/gemma-3-27b-it", "X"),
        say.plain(400, "This model does not support system messages"),
        answer_json({"detail": [{"type": "enum", "loc": ["body", "messages", 0, "role"]}]}, 422),
    ],
)
def test_that_no_system_message_is_taken_is_understood(refusal):
    assert ladder.is_about_the_lead(said(refusal))
    assert lower(refusal) == {}


@pytest.mark.parametrize(
    "words", ["The system is not available", "temperature is not supported", "Invalid role"]
)
def test_other_refusals_are_not_about_the_system_message(words):
    assert not ladder.is_about_the_lead(said(say.plain(400, words)))


def test_a_refusal_within_a_refusal_is_read():
    inner = '{"error": {"message": "no", "code": "content_filter"}}'
    told = {"message": "Provider returned error", "code": 400, "metadata": {"raw": inner}}
    found = objections.meant(said(answer_json({"error": told}, 400)))
    assert found.failure == Failure.FILTERED


def test_a_body_without_end_is_no_harm():
    body: list[Any] = []
    for _ in range(500):
        body = [body, {"message": "x" * 9000}]
    assert len(objections.said(400, body).words) <= 4000
