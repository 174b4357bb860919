"""How people ask for a person.

PERSON does so alone. SOMEBODY does beside TALK ("falar com", "me passa pra") or a "please": alone
it is as likely an answer, "O que você faz?" "Operador". WISH may stand before either: "preciso de
um atendente"; it asks for nothing else, for "preciso parar" may be about smoking.
"""

from ..grammar import each, phrases
from . import spanish

# With a question mark these ask what we are.
NOUNS = phrases("""
    humano / atendimento / pessoa real / human / real person / real human / a real person
""")
A = "- / um / uma / o / a / os / as / algum / alguma / outro / outra"
TRUE = "- / humano / humana / real / de verdade / de carne e osso"
SURE = each("atendente / atendentes / humano", TRUE) | phrases("""
    representante / atendimento / atendimento humano / suporte humano / pessoa real /
    pessoa humana / pessoa de verdade / pessoa de carne e osso / gente de verdade
""")
UNSURE = (
    each("pessoa / alguem", "- / da equipe / do time / do suporte / do atendimento / de voces")
    | each("atendente", "da equipe / do suporte / de voces")
    | each("alguem / operador / operadora / ser humano", TRUE)
    | phrases("""
    responsavel / gerente / supervisor / supervisora / encarregado / consultor / consultora /
    vendedor / vendedora / funcionario / funcionaria / dono / dona / coordenador / secretaria /
    suporte / equipe / equipe de suporte / central de atendimento / setor responsavel
    """)
)
# "Pro" is "pra o": shortened.py.
HAND_OVER = """
    passa / passe / passar / transfere / transfira / transferir / encaminha / encaminhe /
    encaminhar / direciona / direcione
"""
SPEAK = """
    falar / fala / falo / conversar / converso / tratar / falar direto / falar diretamente /
    ser atendido / ser atendida / contato / atendimento
"""

A_ = "- / a / an / the"
TO_WHOM = each(
    "- / a / an / the / your", "support / team / customer service / customer support"
) | (each(A_, "person / operator / someone / somebody / someone real / manager / supervisor / rep"))
SPEAKING = "talk / speak / chat / be connected"

TALK = (
    spanish.TALK
    | each(SPEAK, "com")
    | each("ser atendido / ser atendida / atendimento", "por")
    | each("- / me / pode me / podem me", HAND_OVER, "para / pra / com")
    | each("- / me", "liga / ligue", "com")
    | each("- / me / pode / podem", "chama / chame / chamem / chamar")
    | each(SPEAKING, "to / with")
    | each("connect me / transfer me / put me through", "to / with")
)
WISH = spanish.WISH | phrases("""
    queria / eu queria / quero muito / gostaria de / eu gostaria de / preciso / preciso de /
    eu preciso / eu preciso de / precisava / precisava de / necessito / necessito de / posso /
    eu posso / poderia / consigo / prefiro / exijo / da pra / da para / tem como / tem jeito de /
    e possivel / me ajuda a / cade / onde esta / onde ta / me da / me de / manda / mande / arruma /
    tem / voces tem / ai tem / i want / i want to / i would like / i would like to / i need /
    i need to / i have to / i must / i prefer / i prefer to / can i / may i / could i / get me /
    give me / find me / let me / please let me / how do i / how can i / is it possible to /
    where is / is there
""")
SOMEBODY = spanish.SOMEBODY | each(A, UNSURE) | TO_WHOM

ARE_THERE = "tem / ha / existe / voces tem / sera que tem / cade"
SOME = """
    alguem / gente / pessoa / uma pessoa / alguma pessoa / um ser humano / algum ser humano /
    um atendente / uma atendente / algum atendente
"""
CERTAINLY = "humano / humana / real / de verdade / de carne e osso"
THERE = """
    / ai / aqui / online / ai do outro lado / do outro lado / atendendo / respondendo /
    atendendo aqui / respondendo aqui / pra me atender / para me atender
"""
ROBOT = "robo / bot / maquina / computador / ia / inteligencia artificial / assistente virtual"
PORTUGUESE = (
    phrases("""
    me atende / me atendam / me transfere / me transfira / manda alguem /
    falar com gente de verdade
    """)
    | each(A, SURE)
    | each("um / o / algum", "ser humano", TRUE)
    | each(
        "quero / eu quero / preciso de / prefiro / cade",
        A,
        each("pessoa / operador / operadora", TRUE),
    )
    | each("cade / tem", "alguem / o responsavel / voces", "- / ai / aqui / pra me atender")
    | each("quero / preciso de", A, "pessoa da equipe / alguem de verdade / suporte humano")
    | each(WISH | {"quero", "eu quero"}, "falar com / conversar com", "gente", "- / de verdade")
    | each("tem / ha", "alguem", "ai / aqui / online")
    | each(ARE_THERE, SOME, CERTAINLY, "-" + THERE)
    | each(SOME, CERTAINLY, THERE)
    | each("tem", "gente / uma pessoa / alguma pessoa", "ai / aqui")
    | each("- / voces / ai", "tem", A, "atendente / humano", "ai / online / disponivel / agora")
    | each("- / tem / ha / quero / preciso de", "alguem", "pra / para", "me", "ajudar / atender")
    | each("alguem", "pode / poderia", "me", "ajudar / atender / responder")
    | each("alguem", "me", "atende / atenda / responde / ajuda")
    | each("- / eu", "quero / queria / preciso", "ser atendido / ser atendida")
    | each(
        "- / eu",
        "quero / queria / preciso",
        "ser atendido por / ser atendida por",
        "alguem / uma pessoa / um humano / um atendente / gente / gente de verdade",
    )
    | each(
        "- / eu",
        "nao quero / nao vou / cansei de / nao quero mais / nao gosto de / odeio",
        "falar / conversar",
        "com",
        "- / um / uma / o / a / esse / essa",
        ROBOT,
    )
    | each("nao quero / chega de / cansei de / sem", "- / um / uma / esse", "robo / bot")
)
ENGLISH = (
    phrases("""
    agent / representative / customer service / customer support / human support / live person /
    get me someone / i need someone from your team
    """)
    | each(A_, "human / human being / real human / actual human / human agent / live agent / agent")
    | each(A_, "real person / actual person / live person / representative")
    | each("i want / i need / i would like / get me / give me", "a / the", "person / operator")
    | each("- / is", "anyone / anybody / someone / somebody", "- / real", "there")
    | each(
        "is there / are there",
        "a real person / a human / any human / any real person / someone real / anyone real / "
        "anybody real / real people",
        "- / there / here / on the other side",
    )
    | each("can", "someone / somebody / anyone", "help me")
    | each(
        "i do not want to / i hate to",
        "talk / speak / chat",
        "to / with",
        "- / a / an / this",
        "bot / robot / machine / computer / chatbot / ai",
    )
)
PERSON = NOUNS | PORTUGUESE | ENGLISH | spanish.PERSON
SOMEBODY -= PERSON
