"""What people shorten, and the whole words it stands for.

A short form never becomes a decision by that: "p" and "pro" stand for "pra", which only means
"for", and not for "para", which alone also means "stop".
"""

from ..grammar import phrases

WHOLE = dict(
    entry.split(" = ")
    for entry in phrases("""
    n = nao / nn = nao / naum = nao / s = sim / y = yes / c = com / d = de / q = que / p = pra /
    pro = pra o / vc = voce / vcs = voces / msm = mesmo / td = tudo / qro = quero / qria = queria /
    blz = beleza / bele = beleza / ctz = certeza / agr = agora / nd = nada / mto = muito /
    mt = muito / msg = mensagem / msgs = mensagens / sr = senhor / sra = senhora / obg = obrigado /
    obgd = obrigado / vlw = valeu / pf = por favor / pfv = por favor / pfvr = por favor /
    porfavor = por favor / atend = atendente / pls = please / plz = please / thx = thanks /
    pfvor = por favor / porfa = por favor / porfis = por favor / kd = cade / mensajem = mensagem /
    mensajens = mensagens / kiero = quiero / msj = mensaje / msjs = mensajes /
    dont = do not / im = i am / id = i would / cant = cannot / wanna = want to /
    unsub = unsubscribe
    """)
)
