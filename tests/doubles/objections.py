"""How servers that speak Chat Completions refuse: the bodies of their errors, a maker a function.

Gathered from their documentation and from what people report of them, November 2026.
"""

from typing import Any

from .server import Response, answer_json


def plain(status: int, message: str, *, code: Any = None, param: str | None = None) -> Response:
    """As OpenAI, and most who resemble it, put it."""
    body = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    return answer_json({"error": body}, status)


def vllm(message: str, status: int = 400, param: str | None = None) -> Response:
    told = {"object": "error", "message": message, "type": "BadRequestError"}
    return answer_json({**told, "param": param, "code": status}, status)


def extra(name: str, value: Any) -> dict[str, Any]:
    """One complaint of pydantic's, which repeats what it was given."""
    words = "Extra inputs are not permitted"
    return {"type": "extra_forbidden", "loc": ["body", name], "msg": words, "input": value}


def mistral(name: str, value: Any) -> Response:
    """`message` is an object."""
    told = {"object": "error", "message": {"detail": [extra(name, value)]}}
    return answer_json({**told, "type": "invalid_request_error", "param": None, "code": None}, 422)


def mistral_order(role: str) -> Response:
    words = f"Expected last role User or Tool for serving but got {role}, unexpected role"
    told = {"object": "error", "message": words, "type": "invalid_request_message_order"}
    return answer_json({**told, "param": None, "code": "3230"}, 400)


def fastapi(name: str, value: Any) -> Response:
    return answer_json({"detail": [extra(name, value)]}, 422)


def bare_list(name: str, value: Any) -> Response:
    return answer_json([extra(name, value)], 422)


def gemini(status: int, message: str, kind: str, details: list[Any] | None = None) -> Response:
    """The body is a list."""
    told = {"code": status, "message": message, "status": kind, "details": details or []}
    return answer_json([{"error": told}], status)


def gemini_of_the_day() -> Response:
    words = "You exceeded your current quota, please check your plan. Please retry in 36s."
    quota = "GenerateRequestsPerDayPerProjectPerModel-FreeTier"
    failed = {"@type": "type.googleapis.com/google.rpc.QuotaFailure"}
    details = [{**failed, "violations": [{"quotaId": quota, "quotaValue": "50"}]}]
    return gemini(429, words, "RESOURCE_EXHAUSTED", details)


def llama_template(words: str) -> Response:
    told = {"code": 500, "message": f"Jinja Exception: {words}", "type": "server_error"}
    return answer_json({"error": told}, 500)


def llama_context(context: int, read: int) -> Response:
    words = f"request ({read} tokens) exceeds the available context size ({context} tokens)"
    told = {"code": 400, "message": words, "type": "exceed_context_size_error"}
    return answer_json({"error": {**told, "n_prompt_tokens": read, "n_ctx": context}}, 400)


def vllm_context(context: int, read: int, wanted: int) -> Response:
    words = (
        f"'max_tokens' or 'max_completion_tokens' is too large: {wanted}. This model's maximum"
        f" context length is {context} tokens and your request has {read} input tokens"
        f" ({wanted} > {context} - {read})."
    )
    return vllm(words)


def groq_plan(allowed: int, read: int, wanted: int) -> Response:
    """Larger than the plan's minute: the code is that of a rate, and no waiting helps."""
    words = (
        "Request too large for model `llama-3.1-8b-instant` in organization `org_1` service tier"
        f" `on_demand` on tokens per minute (TPM): Limit {allowed}, Requested {read + wanted},"
        " please reduce your message size and try again."
    )
    told = {"message": words, "type": "tokens", "code": "rate_limit_exceeded"}
    return answer_json({"error": told}, 413)


def gemini_key() -> Response:
    """401 is 400 here."""
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}
    words = "API key not valid. Please pass a valid API key."
    return gemini(400, words, "INVALID_ARGUMENT", [info])


def xai_key() -> Response:
    """`error` is a sentence, which shows a part of the key."""
    words = "Incorrect API key provided: xa***89. You can obtain an API key from the console."
    told = {"code": "Client specified an invalid argument", "error": words}
    return answer_json(told, 400)


def text(status: int, words: str, content_type: str = "text/plain") -> Response:
    return Response(status, words.encode(), {"Content-Type": content_type})


PORTAL = "<!DOCTYPE html><html><head><title>Welcome to our Wi-Fi</title></head></html>"
UNAVAILABLE = "This response_format type is unavailable now"
VARIANT = (
    "Failed to deserialize the JSON body into the target type: response_format: unknown variant"
    " `json_schema`, expected one of `json_object`, `regex` at line 1 column 412"
)
NO_VALUE = (
    "Failed to deserialize the JSON body into the target type: response_format: missing field"
    " `value` at line 1 column 168"
)
LOW_BALANCE = (
    "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to"
    " upgrade or purchase credits."
)
LITERAL = (
    "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type'), 'msg': \"Input should"
    " be 'text' or 'json_object'\", 'input': 'json_schema'}]"
)
