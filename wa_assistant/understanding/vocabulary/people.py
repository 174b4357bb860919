"""How people ask for a person."""

from ..grammar import each, phrases

# Alone these are as likely an answer, "O que você faz?" "Operador"; with a "please" they call.
SOMEBODY = phrases("""
    alguem / pessoa / uma pessoa / operador / operadora / someone / somebody / person / a person /
    operator
""")
# With a question mark these ask what we are.
NOUNS = phrases("""
    humano / atendimento / pessoa real / human / real person / real human / a real person
""")

A = "- / um / uma / o / a"
WHO = """
    atendente / atendente humano / pessoa / pessoa real / pessoa de verdade / pessoa da equipe /
    humano / humano de verdade / ser humano / alguem / alguem de verdade / alguem da equipe /
    alguem do suporte / operador / operadora / representante / responsavel / gerente /
    secretaria / suporte / suporte humano / equipe / equipe de suporte / atendimento
"""
HELP = """
    atendente / atendente humano / pessoa / pessoa real / humano / ser humano / atendimento /
    atendimento humano / suporte humano / representante / operador
"""
WISH = """
    quero / eu quero / quero muito / queria / eu queria / gostaria de / eu gostaria de / preciso /
    eu preciso / preciso de / precisava / posso / eu posso / poderia / consigo / prefiro / da pra /
    da para / tem como
"""
TALK = "falar com / conversar com"
HAND_OVER = "passa / passe / transfere / transfira / encaminha / encaminhe"
ROBOT = "robo / bot / maquina / computador / ia / inteligencia artificial / assistente virtual"

PORTUGUESE = (
    phrases("atendente / atendente humano / atendimento humano / suporte humano / representante")
    | each("- / " + WISH, TALK, A, WHO)
    | each(WISH, TALK, "gente / gente de verdade")
    | each("quero / eu quero / queria / preciso de / eu preciso de / prefiro", A, HELP)
    | each("- / me", HAND_OVER, "para / pra", A, WHO)
    | each("pode me", "passar / transferir / encaminhar", "para / pra", A, WHO)
    | each(
        "chama / chame / chamar / pode chamar / me chama / me chame",
        A,
        "atendente / pessoa / humano / alguem / responsavel",
    )
    | each("- / tem", "alguem", "ai / aqui / online")
    | each("tem", "gente / uma pessoa", "ai / aqui")
    | each("alguem pode / alguem poderia", "me", "ajudar / atender / responder")
    | each(
        "- / eu",
        "nao quero / nao vou / cansei de",
        "falar / conversar",
        "com",
        A + "/ esse / essa",
        ROBOT,
    )
)

TO_WHOM = """
    human / real human / human being / person / real person / agent / human agent / live agent /
    someone / somebody / operator / representative / support / customer service
"""
ENGLISH = (
    phrases("""
    agent / human agent / live agent / representative / customer service / customer support /
    human support
    """)
    | each(
        "- / i want to / i would like to / can i / may i / could i / i need to / let me",
        "talk / speak / chat",
        "to / with",
        "- / a / an / the",
        TO_WHOM,
    )
    | each("i want / i need / get me / give me", "a / an / the", TO_WHOM)
    | each("connect me to / transfer me to", "- / a / an / the", TO_WHOM)
    | each("- / is", "anyone / anybody", "there")
    | each("can", "someone / somebody / anyone", "help me")
    | each(
        "i do not want to",
        "talk / speak / chat",
        "to / with",
        "- / a / an",
        "bot / robot / machine / computer / chatbot / ai",
    )
)

PERSON = NOUNS | PORTUGUESE | ENGLISH
