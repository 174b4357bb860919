"""A stage as its form holds it: all of it strings, as they were typed."""

import re
from typing import Any

from werkzeug.datastructures import MultiDict

from ...journey.checks import KEY, MOST_ANSWERS, Problem
from ...journey.definition import After, Begins, Question, Stage, Unit
from ...models.answer import Kind
from ...models.participant import folded

FIELDS = ("key", "name", "purpose", "opening", "after", "amount", "unit")
ANSWER = ("name", "kind", "required", "hint", "options")
LARGEST_AMOUNT = 5_000
NEW = dict.fromkeys(ANSWER, "") | {"kind": str(Kind.TEXT)}


def written(stage: Stage) -> dict[str, Any]:
    """The form of `stage`. `after` is "previous", "event" or "stage:KEY"."""
    begins = stage.begins
    return {
        "key": stage.key,
        "name": stage.name,
        "purpose": stage.purpose,
        "opening": stage.opening,
        "after": f"stage:{begins.stage}" if begins.after == After.STAGE else str(begins.after),
        "amount": str(begins.amount or ""),
        "unit": str(begins.unit),
        "answers": [
            {
                "name": each.name,
                "kind": str(each.kind),
                "required": "1" if each.required else "",
                "hint": each.hint,
                "options": "\n".join(each.options),
            }
            for each in stage.answers
        ],
    }


def typed(form: "MultiDict[str, str]") -> dict[str, Any]:
    """What came, whatever it is; answer fields are called answers.0.name."""
    count = form.get("answers", 0, type=int)
    found: dict[str, Any] = {name: _text(form, name) for name in FIELDS}
    found["answers"] = [
        {name: _text(form, f"answers.{place}.{name}") for name in ANSWER}
        for place in range(min(max(count, 0), MOST_ANSWERS + 1))
    ]
    return found


def rearrange(form: dict[str, Any], do: str) -> str:
    """Adds, removes or moves an answer ("add", "remove 2", "up 2"); the id to focus after."""
    answers, (verb, _, place) = form["answers"], do.partition(" ")
    at = int(place) if re.fullmatch(r"\d{1,2}", place) else len(answers)
    if verb == "add":
        answers.append(dict(NEW))
        return f"answers.{len(answers) - 1}.name"
    if at >= len(answers):
        return "add"
    if verb == "remove":
        answers.pop(at)
        return f"answers.{min(at, len(answers) - 1)}.name" if answers else "add"
    to = at - 1 if verb == "up" else at + 1
    if not 0 <= to < len(answers):
        return f"{verb}-{at}"
    answers[at], answers[to] = answers[to], answers[at]
    return f"{verb}-{to}"


def read(form: dict[str, Any], taken: set[str]) -> tuple[Stage, dict[str, Problem]]:
    """The stage it makes, and what cannot be read of it. Without a key, one of its name's."""
    problems: dict[str, Problem] = {}
    key = form["key"] or key_of(form["name"], taken)
    answers = tuple(_question(each) for each in form["answers"])
    try:
        begins = _begins(form)
    except ValueError:
        begins, problems = Begins(), {"begins": Problem.NOT_A_NUMBER}
    return Stage(key, form["name"], form["purpose"], form["opening"], answers, begins), problems


def key_of(name: str, taken: set[str]) -> str:
    """ "momento-de-carreira" for "Momento de carreira", and "-2" where that is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")
    plain = re.sub(r"^[^a-z]+", "", plain)[:50].strip("-")
    plain = plain if KEY.fullmatch(plain) else "stage" if name else ""
    numbered = (f"{plain}-{number}" for number in range(2, len(taken) + 3))
    return plain if plain not in taken else next(each for each in numbered if each not in taken)


def _text(form: "MultiDict[str, str]", name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()


def _begins(form: dict[str, Any]) -> Begins:
    after, _, stage = form["after"].partition(":")
    if after == After.PREVIOUS:
        return Begins()
    amount = int(form["amount"] or 0)
    if not 0 <= amount <= LARGEST_AMOUNT:
        raise ValueError(amount)
    return Begins(After(after), stage, amount, Unit(form["unit"]))


def _question(form: dict[str, str]) -> Question:
    kind = form["kind"] if form["kind"] in list(Kind) else Kind.TEXT
    lines = [line.strip() for line in form["options"].splitlines()]
    options = tuple(dict.fromkeys(line for line in lines if line)) if kind == Kind.CHOICE else ()
    return Question(form["name"], Kind(kind), bool(form["required"]), form["hint"], options)
