"""The words by which people agree, refuse, stop, return or ask for a person. A set, not a model.

Phrases are written as `phrases.py` compares them: without case, accents, apostrophes and
punctuation. `yes` says it plainly and `fine` may also be mere politeness; what only sounds like a
decision is in `doubt`, so that none of its parts is taken for one.
"""

from itertools import product


def _phrases(words: str) -> set[str]:
    """The phrases in a text that sets them apart by "/"."""
    return {" ".join(each.split()) for each in words.split("/")} - {""}


def _each(*parts: str) -> set[str]:
    """Every way to say one phrase of each part after the other; "-" leaves a part out."""
    choices = [sorted(_phrases(part)) for part in parts]
    return {" ".join(each for each in way if each != "-") for way in product(*choices)}


GREETING = _phrases("""
    oi / oie / ola / opa / bom dia / boa tarde / boa noite / por favor / porfavor /
    por gentileza / pfv / pfvr / pf / senhor / senhora / moca / moco / amigo / amiga / pessoal /
    hi / hello / hey / good morning / good afternoon / good evening / please / pls / plz
""")
THANKS = _phrases("""
    obrigado / obrigada / muito obrigado / muito obrigada / obg / brigado / brigada / grato /
    grata / valeu / vlw / thanks / thank you / thank you very much / many thanks / thx
""")

YES = (
    _phrases("""
    sim / s / yes / y / yep / yeah / yup / quero / eu quero / sim eu quero / aceito sim /
    concordo sim / autorizo sim / estou de acordo / to de acordo / de acordo / claro /
    claro que sim / com certeza / positivo / dou meu consentimento / eu dou meu consentimento /
    sim senhora / pode sim / of course / absolutely / i do / yes i do / agreed / agree /
    accept / i am ok with it / i give my consent
    """)
    | _each(
        "- / sim / eu / sim eu / li e / eu li e",
        "aceito / concordo / autorizo / consinto",
        "- / com tudo / com os termos / os termos",
    )
    | _each(
        "- / yes / ok",
        "i",
        "agree / accept / consent",
        "- / to it / to that / to the terms / the terms",
    )
)
FINE = _phrases("ok / okay / okey / blz / beleza / certo / pode / combinado / sure / go ahead")
NO = (
    _phrases("""
    nao / n / no / nope / nao senhor / nao senhora / eu nao / claro que nao / com certeza nao /
    de jeito nenhum / de forma alguma / nem pensar / nunca / jamais / negativo / recuso /
    eu recuso / discordo / eu discordo / nao estou de acordo / nao tenho interesse /
    sem interesse / never / no way / of course not / absolutely not / not interested /
    i am not interested / im not interested / i disagree / i refuse / i decline
    """)
    | _each(
        "- / eu / nao eu",
        "nao",
        "quero / aceito / concordo / autorizo / permito / consinto",
        "- / nao / com isso / com os termos / os termos",
    )
    | _each(
        "- / no", "i", "dont / do not / cant / cannot", "agree / accept / consent / want", "- / to"
    )
)
DOUBT = _phrases("""
    nao discordo / eu nao discordo / nao recuso / nao nego / nao nunca / nao no / no nao /
    i dont disagree / i do not disagree / i dont refuse / i dont decline / i do not refuse
""")

ME = "me / por favor me / podem me / pode me / quero que me / -"
STOP = (
    _phrases("""
    sair / parar / pare / stop / stopall / stop all / unsubscribe / unsubscribe me / opt out /
    optout / quit / descadastrar / descadastro / descadastrar me / quero me descadastrar /
    remover / quero sair / eu quero sair / quero parar / eu quero parar / pare agora / pare ja /
    parem / pode parar / podem parar / stop it / stop now / please stop / sair da lista /
    sair desta lista / quero sair da lista / me deixa em paz / me deixe em paz /
    me deixem em paz / leave me alone / remove me / remove me from the list /
    remove me from your list / take me off the list / take me off your list / i want to stop /
    i want to opt out / i want to unsubscribe
    """)
    | _each(ME, "descadastre / descadastra / descadastrem")
    | _each(
        "me / podem me / pode me / quero que me",
        "tire / tira / tirem / remova / remove / removam / exclua / exclui / excluam",
        "- / da lista / dessa lista / desta lista",
    )
    | _each(
        "pare / para / parem / pode parar / podem parar",
        "de",
        "me / -",
        "mandar / enviar / escrever / incomodar / encher",
        "- / msg / msgs / mensagem / mensagens / isso",
    )
    | _each(
        "- / eu",
        "nao",
        "quero receber mais / quero mais receber / quero receber / desejo receber / "
        "desejo mais receber",
        "nada / msg / msgs / mensagem / mensagens / suas mensagens / essas mensagens",
    )
    | _each(
        "nao me",
        "mande / mandem / manda / envie / enviem / envia",
        "- / mais",
        "msg / msgs / mensagem / mensagens / nada",
    )
    | _each("nao me", "mande mais / mandem mais / escreva mais / escrevam mais / incomode mais")
    | _each("quero / eu quero / prefiro", "parar de receber", "- / msg / mensagem / mensagens")
    | _each(
        "stop / please stop",
        "messaging / texting / writing / contacting / bothering / sending",
        "me",
        "- / messages / these messages / texts",
    )
    | _each("stop sending", "messages / these messages / texts", "- / to me")
    | _each("dont / do not", "message / text / write / contact", "me", "- / anymore / again")
    | _each("i dont want / i do not want / no", "- / any", "more messages", "- / from you")
)
ASK = _phrases("""
    cancelar / cancela / cancele / cancel / quero cancelar / eu quero cancelar / pode cancelar /
    cancel it / i want to cancel / encerrar / encerra / quero encerrar / finalizar / fim / end /
    para / chega / basta / enough / bloquear / desisto / quero desistir / sai / sai daqui /
    nao quero mais / eu nao quero mais / posso parar / posso sair / can i stop / como paro /
    como faco para parar / como faco pra parar / como faco para sair / como faco pra sair /
    como saio / como cancelo / como faco para cancelar / como me descadastro / how do i stop /
    how do i stop this / how do i unsubscribe / how do i opt out / how can i stop this /
    how can i unsubscribe / how do i cancel
""")
RETURN = _phrases("""
    voltar / quero voltar / eu quero voltar / retornar / retomar / reativar / return / start /
    back / come back / i want to come back / i am back / start again / unstop / resubscribe /
    subscribe
""")
NOUNS = _phrases("humano / pessoa / human / person / atendimento / alguem / someone / operador")
PERSON = (
    NOUNS
    | _phrases("""
    atendente / atendente humano / atendimento humano / pessoa real / agent / human agent /
    live agent / operator / representative / real person / operadora
    """)
    | _each(
        "- / quero / eu quero / queria / eu queria / gostaria de / eu gostaria de / preciso / "
        "eu preciso / preciso de / posso / eu posso / poderia / da pra / da para / tem como / "
        "prefiro / quero muito",
        "falar com / falar c / conversar com",
        "- / um / uma / o / a / algum / alguma",
        "atendente / pessoa / humano / pessoa real / pessoa de verdade / ser humano / alguem / "
        "alguem de verdade / alguem da equipe / operador / responsavel",
    )
    | _each(
        "quero / eu quero / queria / preciso de / eu preciso de / prefiro",
        "um / uma / o / -",
        "atendente / pessoa / humano / atendimento / atendimento humano / pessoa real",
    )
    | _each(
        "me passa / me passe / me transfere / me transfira / pode me passar / pode me transferir / "
        "chama / chame / chamar / pode chamar",
        "- / para / pra / com",
        "um / uma / o / -",
        "atendente / pessoa / humano / alguem",
    )
    | _each(
        "- / i want to / id like to / i would like to / can i / may i / could i / i need to / "
        "let me",
        "talk / speak",
        "to / with",
        "a / an / the / -",
        "human / person / real person / agent / human being / someone / operator / representative",
    )
    | _each(
        "i want / i need / get me / give me / connect me to / transfer me to",
        "a / an / the",
        "human / person / real person / agent / human agent / operator / representative",
    )
)
