"""Servers that speak Chat Completions, each in its own way: fifty kinds, declared as data."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from . import manners
from . import objections as say
from .base import Double
from .completions import CHARACTERS_A_TOKEN, Body, completion, words
from .server import Request, Response, answer_json

SCHEMA, OBJECT, TEXT = "json_schema", "json_object", "text"
Refuse = Callable[[str, Any], Response]


@dataclass(frozen=True)
class Kind:
    """One kind of server. `forms` are those it takes, and `no_form` how it refuses another;
    `refuses` how it refuses a parameter, and `efforts` those of thinking it takes.

    `alternates`: user and assistant in turn after one leading system message, or else that alone;
    None: any order. `no_lead` is how it refuses that message. `always` is all it ever answers, and
    `asked` how often it is asked all the same. `context` in tokens.
    """

    name: str
    forms: tuple[str, ...] = (SCHEMA, OBJECT, TEXT)
    no_form: Callable[[str], Response] = lambda form: say.plain(400, f"{form} is not supported")
    refuses: dict[str, Refuse] = field(default_factory=dict)
    efforts: tuple[str, ...] = ()
    no_effort: Callable[[], Response] | None = None
    alternates: bool | None = None
    no_order: Callable[[str], Response] = lambda words: say.vllm(words)
    no_lead: Response | None = None
    says: Callable[[Body], Body] = manners.said
    ends: str | None = "stop"
    counts: bool = True
    context: int | None = None
    no_room: Callable[[int, int, int], Response] = say.vllm_context
    always: Response | None = None
    asked: int = 1
    streams: bool = False


def _no_thinking(name: str, value: Any) -> Response:
    return say.plain(400, '"llama3.1:8b" does not support thinking')


def _unsupported(name: str, value: Any) -> Response:
    words = f"Unsupported value: '{name}' does not support {value} with this model."
    return say.plain(400, words, code="unsupported_value", param=name)


def _openai_effort() -> Response:
    words = (
        "Unsupported value: 'none' is not supported with this model."
        " Supported values are: 'low', 'medium', and 'high'."
    )
    return say.plain(400, words, code="unsupported_value", param="reasoning_effort")


def _groq_effort() -> Response:
    return say.plain(400, "`reasoning_effort` must be one of `low`, `medium`, or `high`")


def _groq_form(form: str) -> Response:
    words = f"This model does not support response format `{form}`. See supported models at ..."
    return say.plain(400, words)


def _gemini_effort() -> Response:
    words = "Budget 0 is invalid. This model only works in thinking mode."
    return say.gemini(400, words, "INVALID_ARGUMENT")


FILTERED = say.plain(
    400,
    "The response was filtered due to the prompt triggering content management policy.",
    code="content_filter",
    param="prompt",
)
OPENROUTER_ERROR = {"error": {"message": "Provider returned error", "code": 502}}
NO_ROLE = "System role not supported"
NO_VALUE = "Unsupported value: 'messages[0].role' does not support 'system' with this model."
NO_INSTRUCTION = "Developer instruction is not enabled for models/gemma-3-27b-it"
ALTERNATE = "Conversation roles must alternate user/assistant/user/assistant/..."

KINDS = (
    Kind("OpenAI"),
    Kind(
        "OpenAI, a model that always thinks",
        refuses={"temperature": _unsupported},
        efforts=("low", "medium", "high"),
        no_effort=_openai_effort,
    ),
    Kind("Azure OpenAI"),
    Kind("Azure OpenAI, a filtered conversation", always=FILTERED),
    Kind("vLLM, Qwen 3.5", alternates=False, says=manners.thinks),
    Kind(
        "vLLM, Qwen 3.5, without a parser of thoughts",
        alternates=False,
        says=manners.thinks_in_between,
    ),
    Kind(
        "vLLM, Qwen 3.5, all of it among the thoughts", alternates=False, says=manners.only_thinks
    ),
    Kind("vLLM, Gemma 3", alternates=True),
    Kind("vLLM, Mistral 7B", alternates=True),
    Kind("vLLM, Gemma 2", alternates=True, no_lead=say.vllm(NO_ROLE)),
    Kind("SGLang, Gemma 2", alternates=True, no_lead=say.plain(400, NO_ROLE, code=400)),
    Kind("llama.cpp, Gemma 2", alternates=True, no_lead=say.llama_template(NO_ROLE)),
    Kind("vLLM, the first Mistral 7B", alternates=True, no_lead=say.vllm(ALTERNATE)),
    Kind("OpenAI, o1-mini", no_lead=say.plain(400, NO_VALUE, code="x", param="messages[0].role")),
    Kind("Gemma at Google", no_lead=say.gemini(400, NO_INSTRUCTION, "INVALID_ARGUMENT")),
    Kind("vLLM, an older one", (OBJECT, TEXT), lambda form: say.vllm(say.LITERAL)),
    Kind("vLLM, a context of 2048 tokens", context=2048),
    Kind(
        "llama.cpp, Qwen 3.6",
        alternates=False,
        no_order=lambda words: say.llama_template(words),
        counts=False,
    ),
    Kind(
        "llama.cpp, a context of 2048 tokens",
        context=2048,
        no_room=lambda context, read, wanted: say.llama_context(context, read),
    ),
    Kind("llama.cpp, while it loads", always=say.plain(503, "Loading model", code=503)),
    Kind(
        "Mistral's API",
        refuses=dict.fromkeys(("reasoning_effort", "max_completion_tokens"), say.mistral),
        alternates=False,
        no_order=lambda words: say.mistral_order("system"),
    ),
    Kind(
        "Mistral's API, Magistral",
        refuses=dict.fromkeys(("reasoning_effort", "max_completion_tokens"), say.mistral),
        alternates=False,
        no_order=lambda words: say.mistral_order("system"),
        says=manners.in_parts,
    ),
    Kind(
        "DeepSeek",
        (OBJECT, TEXT),
        lambda form: say.plain(400, say.UNAVAILABLE),
        says=manners.thinks,
    ),
    Kind("DeepSeek, out of credit", always=say.plain(402, "Insufficient Balance")),
    Kind("Groq, Llama", (OBJECT, TEXT), _groq_form, refuses={"reasoning_effort": _unsupported}),
    Kind("Groq, gpt-oss", efforts=("low", "medium", "high"), no_effort=_groq_effort),
    Kind("Together", ends="eos"),
    Kind("TGI", (OBJECT, TEXT), lambda form: say.text(422, say.VARIANT), ends="eos_token"),
    Kind("TGI 3", (TEXT,), lambda form: say.text(422, say.NO_VALUE), says=manners.fenced),
    Kind("ModelScope", (OBJECT, TEXT), lambda form: answer_json({"id": "", "choices": None})),
    Kind("a gateway that says nothing in a schema", says=manners.nothing_in_a_schema),
    Kind(
        "Groq, a plan with few tokens a minute",
        context=2048,
        no_room=say.groq_plan,
    ),
    Kind("llama.cpp, gpt-oss", says=manners.in_channels),
    Kind("LM Studio, gpt-oss", says=manners.in_bare_channels),
    Kind("Ollama, an older one", refuses={"reasoning_effort": _no_thinking}),
    Kind("Ollama"),
    Kind("LM Studio", (SCHEMA, TEXT), ends=""),
    Kind("Gemini Flash", ends="STOP"),
    Kind("Gemini Pro", efforts=("low", "high"), no_effort=_gemini_effort),
    Kind("Gemini, after the day's quota", always=say.gemini_of_the_day()),
    Kind("OpenRouter", says=manners.reasons),
    Kind("OpenRouter, an error with 200", always=answer_json(OPENROUTER_ERROR)),
    Kind(
        "a gateway on FastAPI",
        refuses=dict.fromkeys(("reasoning_effort", "max_completion_tokens"), say.fastapi),
    ),
    Kind(
        "a gateway that answers with a list",
        refuses=dict.fromkeys(("temperature", "reasoning_effort"), say.bare_list),
    ),
    Kind("a proxy that streams unasked", streams=True),
    Kind("a small server of words alone", (TEXT,), says=manners.fenced, counts=False, ends=None),
    Kind("a small server that speaks besides", (TEXT,), says=manners.between_words, counts=False),
    Kind(
        "a small server that answers with lists", (TEXT,), says=manners.in_a_list, alternates=True
    ),
    Kind("a captive portal", always=say.text(200, say.PORTAL, "text/html")),
    Kind("an empty list of choices", always=answer_json({"choices": []}), asked=4),
    Kind("a key that is refused", always=say.plain(401, "No such key", code="invalid_api_key")),
    Kind("Gemini, a key that is refused", always=say.gemini_key()),
    Kind("xAI, a key that is refused", always=say.xai_key()),
    Kind("Anthropic, out of credit", always=say.plain(400, say.LOW_BALANCE)),
    Kind("Alibaba, in arrears", always=say.plain(400, "Access denied.", code="Arrearage")),
    Kind("a model that is not there", always=say.vllm("The model `x` does not exist.", 404)),
)


class Kinds(Double):
    """A server of one `kind`; `calls` are the bodies of what it was asked."""

    def __init__(self, port: int = 0) -> None:
        super().__init__(port)
        self.kind = KINDS[0]

    @property
    def base_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def calls(self) -> list[Body]:
        with self._lock:
            return [each.json for each in self.requests]

    def become(self, kind: Kind, **other: Any) -> None:
        """From now on it is of this kind, but for what is `other`."""
        self.reset()
        self.kind = replace(kind, **other)

    def state(self) -> object:
        return {"kind": self.kind.name, "calls": len(self.calls)}

    def answer(self, request: Request) -> Response:
        kind, body = self.kind, request.json
        if kind.always:
            return kind.always
        refused = _refusal(kind, body) or _complaint(kind, body["messages"]) or _no_room(kind, body)
        if refused:
            return refused
        told = completion(body, kind.says(body), "stop", cached=1, to_cache=2)
        told["choices"][0]["finish_reason"] = kind.ends
        if not told["choices"][0]["message"]["content"]:
            told["usage"]["completion_tokens"] = 0
        if not kind.counts:
            del told["usage"]
        return _stream(told) if kind.streams else answer_json(told)


def _refusal(kind: Kind, body: Body) -> Response | None:
    for name in kind.refuses.keys() & body.keys():
        return kind.refuses[name](name, body[name])
    effort = body.get("reasoning_effort")
    if effort is not None and kind.efforts and effort not in kind.efforts and kind.no_effort:
        return kind.no_effort()
    form = (body.get("response_format") or {"type": TEXT})["type"]
    return None if form in kind.forms else kind.no_form(form)


def _complaint(kind: Kind, messages: list[Body]) -> Response | None:
    roles = [each["role"] for each in messages]
    if kind.no_lead and "system" in roles:
        return kind.no_lead
    if kind.alternates is None:
        return None
    if "system" in roles[1:]:
        return kind.no_order("System message must be at the beginning.")
    turns = roles[1:] if roles[0] == "system" else roles
    in_turn = all(role == ("user", "assistant")[n % 2] for n, role in enumerate(turns))
    return kind.no_order(ALTERNATE) if kind.alternates and not in_turn else None


def _no_room(kind: Kind, body: Body) -> Response | None:
    read = sum(len(words(each)) for each in body["messages"]) // CHARACTERS_A_TOKEN
    wanted = body.get("max_completion_tokens") or body.get("max_tokens") or 0
    takes = read + wanted if kind.no_room in (say.vllm_context, say.groq_plan) else read
    if kind.context is None or takes <= kind.context:
        return None
    return kind.no_room(kind.context, read, wanted)


def _stream(told: Body) -> Response:
    message = told["choices"][0]["message"]
    pieces: list[Body] = [
        {"choices": [{"delta": {"content": each}}]} for each in message["content"]
    ]
    pieces.append({"choices": [{"delta": {}, "finish_reason": "stop"}], "usage": told["usage"]})
    lines = [f"data: {json.dumps(each)}\n\n" for each in pieces]
    return say.text(200, "".join([*lines, "data: [DONE]\n\n"]), "text/event-stream")
