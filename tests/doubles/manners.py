"""What models say, each server in its own way, where they are asked for a reply."""

import json

from .completions import Body

ANSWER = "Custa R$ 90 por mês."
THOUGHTS = "The user asks for a price. I should name it."


def said(body: Body) -> Body:
    """What the model says in the form it was asked for: it knows no schema it was not told."""
    return {"role": "assistant", "content": json.dumps({"reply": ANSWER, "answers": []})}


def fenced(body: Body) -> Body:
    return {**said(body), "content": f"```json\n{said(body)['content']}\n```"}


def in_parts(body: Body) -> Body:
    thinking = {"type": "thinking", "thinking": [{"type": "text", "text": THOUGHTS}]}
    return {**said(body), "content": [thinking, {"type": "text", "text": said(body)["content"]}]}


def thinks(body: Body) -> Body:
    return {**said(body), "reasoning_content": THOUGHTS}


def thinks_in_between(body: Body) -> Body:
    return {**said(body), "content": f"<think>{THOUGHTS}</think>\n{said(body)['content']}"}


def only_thinks(body: Body) -> Body:
    return {**said(body), "content": None, "reasoning_content": said(body)["content"]}


def in_a_list(body: Body) -> Body:
    return {**said(body), "content": f"[{said(body)['content']}]"}


def between_words(body: Body) -> Body:
    return {
        **said(body),
        "content": f"Sure! Here it is:\n{said(body)['content']}\nAnything else?",
    }


def reasons(body: Body) -> Body:
    return {**said(body), "reasoning": THOUGHTS}


def in_channels(body: Body) -> Body:
    """As gpt-oss writes it, and a server without its parser hands it on."""
    thought = f"<|channel|>analysis<|message|>{THOUGHTS}<|end|>"
    final = "<|start|>assistant<|channel|>final <|constrain|>json<|message|>"
    return {**said(body), "content": f"{thought}{final}{said(body)['content']}"}


def in_bare_channels(body: Body) -> Body:
    """The same where the server takes the marks away and leaves their names."""
    return {**said(body), "content": f"analysis{THOUGHTS}assistantfinal{said(body)['content']}"}


def nothing_in_a_schema(body: Body) -> Body:
    form = (body.get("response_format") or {"type": "text"})["type"]
    return {**said(body), "content": ""} if form == "json_schema" else said(body)
