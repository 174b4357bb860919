"""Fills in whatever JSON schema a call asks its answer to have."""

from typing import Any

Schema = dict[str, Any]


def complaint(form: Schema) -> str | None:
    """What the API would say against this response_format, None where it has no objection."""
    if form["type"] != "json_schema":
        return None
    named = form.get("json_schema", {})
    if not named.get("name") or "schema" not in named:
        return "Missing required parameter: 'response_format.json_schema.name' or '.schema'."
    if not named.get("strict"):
        return None
    for schema in _objects(named["schema"]):
        missing = set(schema.get("properties", {})) - set(schema.get("required", ()))
        if schema.get("additionalProperties") is not False:
            return "Invalid schema for response_format: 'additionalProperties' must be false."
        if missing:
            return f"Invalid schema for response_format: 'required' lacks {sorted(missing)}."
    return None


def fill(form: Schema, reply: str) -> Any:
    """The least JSON that satisfies the form, with `reply` where a property is so called."""
    if form["type"] != "json_schema":
        return {"reply": reply}
    root = form["json_schema"]["schema"]
    return _fill(root, root, reply, "")


def _fill(schema: Schema, root: Schema, reply: str, name: str) -> Any:
    if "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#").strip("/").split("/"):
            target = target[step] if step else target
        return _fill(target, root, reply, name)
    if "const" in schema or "enum" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    if "anyOf" in schema:
        nothing = {"type": "null"} in schema["anyOf"] and name != "reply"
        return None if nothing else _fill(schema["anyOf"][0], root, reply, name)
    return _plain(schema, root, reply, name)


def _plain(schema: Schema, root: Schema, reply: str, name: str) -> Any:
    kind = schema.get("type", "object")
    if isinstance(kind, list):
        kind = kind[0] if name == "reply" or "null" not in kind else "null"
    if kind == "object":
        properties = schema.get("properties", {})
        return {each: _fill(inner, root, reply, each) for each, inner in properties.items()}
    if kind == "array":
        return [_fill(schema["items"], root, reply, "")] * schema.get("minItems", 0)
    if kind == "string":
        return reply if name == "reply" else ""
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    return {"boolean": False}.get(kind)


def _objects(schema: Any) -> list[Schema]:
    if isinstance(schema, list):
        return [found for each in schema for found in _objects(each)]
    if not isinstance(schema, dict):
        return []
    inner = [found for each in schema.values() for found in _objects(each)]
    return [schema, *inner] if schema.get("type") == "object" else inner
