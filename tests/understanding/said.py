"""What people write: a line holds the words, the consent in them, the command ("-" for none)."""

PLAIN = """
    sim                                           | yes     | -
    Sim!                                          | yes     | -
    SIM                                           | yes     | -
    siiiim                                        | yes     | -
    s                                             | yes     | -
    sim 👍                                         | yes     | -
    *Sim*                                         | yes     | -
    "sim"                                         | yes     | -
    Sim, por favor                                | yes     | -
    Oi! Sim, concordo                             | yes     | -
    sim sim                                       | yes     | -
    Bom dia, aceito sim, obrigada 🙏               | yes     | -
    Sim, eu aceito                                | yes     | -
    aceito                                        | yes     | -
    Concordo.                                     | yes     | -
    concordo com os termos                        | yes     | -
    Li e concordo                                 | yes     | -
    autorizo                                      | yes     | -
    claro que sim                                 | yes     | -
    com certeza                                   | yes     | -
    estou de acordo                               | yes     | -
    ok                                            | yes     | -
    Ok, concordo                                  | yes     | -
    blz                                           | yes     | -
    ｓｉｍ                                           | yes     | -
    yes                                           | yes     | -
    Yes please                                    | yes     | -
    yeah!                                         | yes     | -
    I agree                                       | yes     | -
    Yes, I accept the terms                       | yes     | -
    yes i agree to the terms                      | yes     | -
    Sure, go ahead                                | yes     | -
    of course                                     | yes     | -
    qro                                           | yes     | -
    claro q sim                                   | yes     | -
    podemos                                       | yes     | -
    podemos sim                                   | yes     | -
    vamos                                         | yes     | -
    bora                                          | yes     | -
    Sim, podem usar                               | yes     | -
    sim podemos começar                           | yes     | -
    oi, tudo bem? sim                             | yes     | -
    é claro                                       | yes     | -
    com ctz                                       | yes     | -
    sim, gostaria de participar                   | yes     | -
    sim ❤️                                        | yes     | -
    ok, por favor                                 | yes     | -
    Oi, tudo bem? Pode sim!                       | yes     | -
    bora começar                                  | yes     | -
    vamos!                                        | yes     | -
    Sim 😊                                         | yes     | -
    vcs podem usar sim                            | yes     | -
    qro sim                                       | yes     | -
    aceito participar                             | yes     | -
    claro q sim, obg                              | yes     | -
    dou o meu consentimento                       | yes     | -
    S, concordo plenamente                        | yes     | -
    tudo bem, sim                                 | yes     | -
    concrodo                                      | yes     | -
    I consent to that                             | yes     | -
    let's start!                                  | yes     | -
    não                                           | no      | -
    Nao                                           | no      | -
    NÃÃÃO!!!                                      | no      | -
    n                                             | no      | -
    não, obrigado                                 | no      | -
    Não quero                                     | no      | -
    não aceito                                    | no      | -
    não concordo                                  | no      | -
    Não, não concordo                             | no      | -
    eu não autorizo                               | no      | -
    não concordo com isso                         | no      | -
    de jeito nenhum                               | no      | -
    claro que não                                 | no      | -
    recuso                                        | no      | -
    no                                            | no      | -
    No, thanks                                    | no      | -
    I don't agree                                 | no      | -
    I don’t accept                                | no      | -
    not interested                                | no      | -
    n quero                                       | no      | -
    ñ quero                                       | no      | -
    nao qro                                       | no      | -
    claro q nao                                   | no      | -
    quero não                                     | no      | -
    aceito não                                    | no      | -
    não quero participar                          | no      | -
    não dou meu consentimento                     | no      | -
    nao aceito isso                               | no      | -
    nah                                           | no      | -
    nao msm                                       | no      | -
    não autorizo o uso dos meus dados             | no      | -
    n autorizo o uso dos meus dados               | no      | -
    n, obg                                        | no      | -
    eu quero não, valeu                           | no      | -
    não podem usar meus dados                     | no      | -
    ñ                                             | no      | -
    nah, thanks                                   | no      | -
    I don't want this                             | no      | -
    prefiro não participar                        | no      | -
    no, obrigado                                  | no      | -
    SAIR                                          | unclear | stop
    sair                                          | unclear | stop
    Sair!                                         | unclear | stop
    sair por favor                                | unclear | stop
    PARAR                                         | unclear | stop
    pare                                          | unclear | stop
    paaaare                                       | unclear | stop
    STOP                                          | unclear | stop
    /stop                                         | unclear | stop
    Stop 🛑                                        | unclear | stop
    DESCADASTRAR                                  | unclear | stop
    me descadastre                                | unclear | stop
    quero me descadastrar                         | unclear | stop
    por favor me descadastra                      | unclear | stop
    Pare de me mandar mensagem                    | unclear | stop
    para de mandar mensagens!!                    | unclear | stop
    Não! Pare de me mandar mensagens              | unclear | stop
    não, sair                                     | unclear | stop
    sim, pode parar                               | unclear | stop
    não quero mais receber mensagens              | unclear | stop
    Não me mande mais mensagens, por favor.       | unclear | stop
    não me mandem mais nada                       | unclear | stop
    me tira da lista                              | unclear | stop
    me deixa em paz                               | unclear | stop
    quero sair                                    | unclear | stop
    unsubscribe                                   | unclear | stop
    Unsubscribe me please                         | unclear | stop
    opt-out                                       | unclear | stop
    Please stop messaging me                      | unclear | stop
    don't message me again                        | unclear | stop
    remove me from your list                      | unclear | stop
    para com isso                                 | unclear | stop
    pare com isso                                 | unclear | stop
    parem com isso                                | unclear | stop
    stop sending me this                          | unclear | stop
    stop this                                     | unclear | stop
    stop spamming                                 | unclear | stop
    please stop sending                           | unclear | stop
    não quero mais mensagens                      | unclear | stop
    n quero mais receber msgs                     | unclear | stop
    ñ quero mais receber mensagens                | unclear | stop
    nao quero mais receber isso                   | unclear | stop
    não mande mais mensagens                      | unclear | stop
    não envie mais mensagens                      | unclear | stop
    não mandem mais                               | unclear | stop
    não me incomode                               | unclear | stop
    chega de mensagem                             | unclear | stop
    sair agora                                    | unclear | stop
    quero sair agora                              | unclear | stop
    quero sair já                                 | unclear | stop
    gostaria de sair                              | unclear | stop
    desejo sair                                   | unclear | stop
    Parem já                                      | unclear | stop
    parar mensagens                               | unclear | stop
    Quero parar de receber essas mensagens.       | unclear | stop
    tudo bem, quero sair                          | unclear | stop
    desinscrever                                  | unclear | stop
    descadastre-me                                | unclear | stop
    remova-me                                     | unclear | stop
    opt me out                                    | unclear | stop
    take me off this list                         | unclear | stop
    remove my number                              | unclear | stop
    I don't want to receive messages              | unclear | stop
    dont send me messages                         | unclear | stop
    revogo meu consentimento                      | unclear | stop
    retiro meu consentimento                      | unclear | stop
    não autorizo mais                             | unclear | stop
    parem pelo amor de Deus                       | unclear | stop
    oi, blz? quero sair                           | unclear | stop
    n quero mais msgs pfv                         | unclear | stop
    Boa noite. Gostaria de me descadastrar        | unclear | stop
    parem com essas mensagens agora               | unclear | stop
    chega de spam!!!                              | unclear | stop
    eu gostaria de não receber mais mensagens     | unclear | stop
    não me procurem mais                          | unclear | stop
    não me perturbe                               | unclear | stop
    vc pode parar de me mandar msgs               | unclear | stop
    quero deixar de receber essas mensagens       | unclear | stop
    retira meu contato dessa lista                | unclear | stop
    desinscreva-me                                | unclear | stop
    descadastar                                   | unclear | stop
    parar ja                                      | unclear | stop
    ok, quero sair da lista                       | unclear | stop
    Sair agora pfv                                | unclear | stop
    quero revogar minha autorização               | unclear | stop
    não consinto mais                             | unclear | stop
    don't call me again                           | unclear | stop
    remover meu número                            | unclear | stop
    please stop messaging                         | unclear | stop
    stop texting me now                           | unclear | stop
    do not send me anything                       | unclear | stop
    pls unsubscribe me from this list             | unclear | stop
    I want to be removed                          | unclear | stop
    I withdraw my consent                         | unclear | stop
    no more texts, thanks                         | unclear | stop
    VOLTAR                                        | unclear | return
    quero voltar, por favor                       | unclear | return
    return                                        | unclear | return
    START                                         | unclear | return
    ATENDENTE                                     | unclear | person
    atendente por favor                           | unclear | person
    Atendente?                                    | unclear | person
    oi, atendente                                 | unclear | person
    falar com atendente                           | unclear | person
    Quero falar com uma pessoa                    | unclear | person
    quero falar com um atendente humano           | unclear | person
    posso falar com alguém?                       | unclear | person
    Não. Quero falar com uma pessoa               | unclear | person
    Pare! Quero falar com um atendente            | unclear | person
    gostaria de falar com um ser humano           | unclear | person
    chama um atendente                            | unclear | person
    quero atendimento humano                      | unclear | person
    humano                                        | unclear | person
    human                                         | unclear | person
    agent                                         | unclear | person
    I want to talk to a real person               | unclear | person
    Can I speak to a human?                       | unclear | person
    Olá, tudo bem? Eu gostaria de falar com uma pessoa. | unclear | person
    tem alguém aí?                                | unclear | person
    quero falar com gente                         | unclear | person
    me passa pro atendente                        | unclear | person
    falar com o suporte                           | unclear | person
    falar com a equipe                            | unclear | person
    representante                                 | unclear | person
    suporte humano                                | unclear | person
    não quero falar com robô                      | unclear | person
    nao quero falar com robo, quero uma pessoa    | unclear | person
    real human please                             | unclear | person
    customer service                              | unclear | person
    atendnte                                      | unclear | person
    antendente                                    | unclear | person
    oi td bem? queria conversar com alguem da equipe | unclear | person
    tem gente aí?                                 | unclear | person
    alguém, por favor                             | unclear | person
    transfere pra um humano                       | unclear | person
    quero falar c atendente urgente               | unclear | person
    não quero falar com máquina                   | unclear | person
    passa pro suporte                             | unclear | person
    Is anyone there?                              | unclear | person
    connect me to customer service                | unclear | person
    atendetne                                     | unclear | person
    I don't want to talk to a bot                 | unclear | person
"""
