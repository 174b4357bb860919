"""What people reply to the prompt for consent: what it means, and the words."""

MEANT = """
yes    👍
yes    👍🏽
yes    👍👍
yes    👌
yes    ✅
yes    sim 👍
yes    👍 sim
yes    tá bom
yes    ta bom
yes    Tá bom!
yes    tá bom então
yes    tá
yes    tá certo
yes    pode ser
yes    Pode ser!
yes    pode ser sim
yes    pode ser, obrigada
yes    pode ser 😊
yes    uhum
yes    uhummm
yes    aham
yes    fechado
yes    fechou
yes    fechado 🤝
yes    beleza então
yes    show
yes    perfeito
yes    ótimo!
yes    maravilha
yes    combinado
yes    isso
yes    isso aí
yes    isso mesmo
yes    topo
yes    eu topo
yes    bora
yes    partiu
yes    já é
yes    de boa
yes    tranquilo
yes    sem problemas
yes    com prazer
yes    claro, pode ser
yes    por mim tudo bem
yes    por mim ok
yes    vambora
yes    quero continuar
yes    pode continuar
yes    sem dúvida
yes    logico
yes    oi, pode ser
yes    tudo bem, pode ser
yes    blz, fechado
yes    sí
yes    Si
yes    sí, claro
yes    sí, acepto
yes    claro que sí
yes    por supuesto
yes    de acuerdo
yes    estoy de acuerdo
yes    está bien
yes    dale
yes    vale
yes    como no
yes    sí quiero
yes    sí, por favor
yes    hola, sí
yes    perfecto
yes    listo
yes    all right
yes    sounds good
yes    sure thing
yes    works for me
yes    ok then
yes    definitely
yes    uh huh
yes    I'm in
no     👎
no     👎🏿
no     👎👎
no     ❌
no     🙅‍♀️
no     não 👎
no     agora não
no     Agora não, obrigado
no     agora n
no     não agora
no     hoje não
no     por enquanto não
no     no momento não, obrigada
no     deixa quieto
no     deixa queto
no     Deixa quieto, valeu
no     deixa pra lá
no     deixa
no     melhor não
no     acho melhor não
no     não precisa
no     não precisa, obrigado
no     nem a pau
no     sem chance
no     tô fora
no     dispenso
no     fica pra próxima
no     não tô a fim
no     não estou interessada
no     não me interessa
no     oi, agora não
no     não, deixa quieto
no     no, gracias
no     no quiero
no     no acepto
no     ahora no
no     mejor no
no     para nada
no     ni hablar
no     no me interesa
no     no estoy de acuerdo
no     no autorizo
no     not now
no     not now, thanks
no     not today
no     no need
no     never mind
no     I'd rather not
no     rather not
no     hard pass
stop   para de me encher
stop   sair
stop   no quiero recibir mensajes
person quero um atendente agora
yes    👍🏾
yes    siiim, pode
yes    de acuerdo, dale
no     👎🏽
no     prefiro não por enquanto
no     claro que não
no     claro que no
no     ¡Claro que no!
no     por supuesto que no
no     claro que no, gracias
no     por enquanto prefiro não
no     agora melhor não
no     melhor não por hoje
no     acho melhor não agora
no     prefiro que não
no     mejor no por ahora
no     I would rather not for now
"""
