"""How a name is asked for, and told. Patterns."""

# Of the folded name and words of a question.
ASKED = (
    r"\b(?:nome|name|nombre|apelido|nickname)\b|\bcham(?:ad[oa]|ar|am|o)\b|\bcalled\b|"
    r"\bcall you\b|\bte llamas\b|\bllam(?:e|en|ar|arte)\b"
)
# Of what is told, before the name.
BEFORE = (
    r"(?:pode[m]?\s+)?(?:me\s+)?cham(?:ar|a|e|em)\s+(?:só\s+)?de|me\s+chamo|"
    r"(?:o\s+)?meu\s+nome\s+(?:é|e|eh)|(?:eu\s+)?sou\s+(?:o|a)|aqui\s+(?:é|e|eh)\s+(?:o|a)|"
    r"(?:you\s+can\s+|please\s+|just\s+)*call\s+me|my\s+name\s+is|my\s+name's|i\s+am|i'm|"
    r"me\s+llamo|mi\s+nombre\s+es|(?:puedes?|pueden)\s+llamarme|ll[aá]m[ae]me|dime"
)
# A name ends before these.
_NO_NAME = """
e mas que por mesmo se and but please y pero obrigado obrigada thanks gracias sou aqui tenho
trabalho
"""
NO_NAME = set(_NO_NAME.split())
