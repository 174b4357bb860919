"""One stage without end: what people ask is answered, and nothing is collected."""

from ..definition import Stage

PORTUGUESE = (
    Stage(
        "atendimento",
        "Atendimento",
        "Responda às dúvidas das pessoas com o que a empresa documentou. Se não souber, diga isso "
        "com clareza e ofereça que uma pessoa da equipe continue a conversa.",
    ),
)

ENGLISH = (
    Stage(
        "support",
        "Support",
        "Answer what people ask with what the company has documented. Where you do not know, say "
        "so clearly and offer that someone from the team goes on.",
    ),
)
