"""What people write: a line holds the words, the consent in them, the command ("-" for none).

Each of the traps looks like a decision to a hurried reader, and is another or none.
"""

PLAIN = """
    sim                                           | yes     | -
    Sim!                                          | yes     | -
    SIM                                           | yes     | -
    siiiim                                        | yes     | -
    s                                             | yes     | -
    sim 👍                                        | yes     | -
    *Sim*                                         | yes     | -
    "sim"                                         | yes     | -
    Sim, por favor                                | yes     | -
    Oi! Sim, concordo                             | yes     | -
    sim sim                                       | yes     | -
    Bom dia, aceito sim, obrigada 🙏              | yes     | -
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
    ｓｉｍ                                        | yes     | -
    yes                                           | yes     | -
    Yes please                                    | yes     | -
    yeah!                                         | yes     | -
    I agree                                       | yes     | -
    Yes, I accept the terms                       | yes     | -
    yes i agree to the terms                      | yes     | -
    Sure, go ahead                                | yes     | -
    of course                                     | yes     | -
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
    SAIR                                          | unclear | stop
    sair                                          | unclear | stop
    Sair!                                         | unclear | stop
    sair por favor                                | unclear | stop
    PARAR                                         | unclear | stop
    pare                                          | unclear | stop
    paaaare                                       | unclear | stop
    STOP                                          | unclear | stop
    /stop                                         | unclear | stop
    Stop 🛑                                       | unclear | stop
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
"""

TRAPS = """
    simples                                       | unclear | -
    Simone                                        | unclear | -
    assim                                         | unclear | -
    sim?                                          | unclear | -
    sim ou não?                                   | unclear | -
    sim/não                                       | unclear | -
    sim não                                       | unclear | -
    sim, não                                      | unclear | -
    sim, mas não agora                            | unclear | -
    sim mas antes uma pergunta                    | unclear | -
    ok mas antes uma pergunta                     | unclear | -
    ok, obrigado                                  | unclear | -
    Sim, se for de graça                          | unclear | -
    sim, desde que não usem meus dados            | unclear | -
    acho que sim                                  | unclear | -
    acho que não                                  | unclear | -
    sim 👎                                        | unclear | -
    sim 😂😂                                      | unclear | -
    sim 🤔                                        | unclear | -
    sim kkkkk                                     | unclear | -
    kk                                            | unclear | -
    👍                                            | unclear | -
    👍🏽👍🏽                                          | unclear | -
    ✅                                            | unclear | -
    🙏                                            | unclear | -
    não, quero dizer sim                          | unclear | -
    não, aceito                                   | unclear | -
    não sei                                       | unclear | -
    não entendi                                   | unclear | -
    não discordo                                  | unclear | -
    não recuso                                    | unclear | -
    agora não                                     | unclear | -
    não agora                                     | unclear | -
    ainda não                                     | unclear | -
    não li                                        | unclear | -
    não tenho certeza se aceito                   | unclear | -
    não concordo nem discordo                     | unclear | -
    concordo em parte                             | unclear | -
    concordo, menos com os dados                  | unclear | -
    aceito o quê?                                 | unclear | -
    aceito só se for por e-mail                   | unclear | -
    aceitar                                       | unclear | -
    vocês aceitam pix                             | unclear | -
    quero saber mais                              | unclear | -
    claro como água                               | unclear | -
    com certeza vou pensar                        | unclear | -
    talvez                                        | unclear | -
    tanto faz                                     | unclear | -
    pode ser                                      | unclear | -
    obrigado                                      | unclear | -
    Oi, tudo bem?                                 | unclear | -
    disseram que sim                              | unclear | -
    meu nome é Sim                                | unclear | -
    si                                            | unclear | -
    1                                             | unclear | -
    yes?                                          | unclear | -
    yes and no                                    | unclear | -
    yes, but not now                              | unclear | -
    yesterday                                     | unclear | -
    no problem                                    | unclear | -
    no idea                                       | unclear | -
    know                                          | unclear | -
    I agree to disagree                           | unclear | -
    I don't disagree                              | unclear | -
    I agree with some of it                       | unclear | -
    agree?                                        | unclear | -
    not sure                                      | unclear | -
    fine, I guess                                 | unclear | -
    sure?                                         | unclear | -
    ok boomer                                     | unclear | -
    quero sair do evento                          | unclear | -
    quero sair da empresa onde trabalho           | unclear | -
    vou sair agora, já volto                      | unclear | -
    sair de casa me deixa feliz                   | unclear | -
    a que horas posso sair?                       | unclear | -
    não quero sair                                | unclear | -
    Não quero parar                               | unclear | -
    não pare                                      | unclear | -
    nunca pare de mandar mensagens                | unclear | -
    não quero que parem                           | unclear | -
    não me descadastre                            | unclear | -
    pare de fumar é meu objetivo                  | unclear | -
    parar para pensar                             | unclear | -
    o ônibus parou                                | unclear | -
    meu chefe disse: pare de reclamar             | unclear | -
    stop motion                                   | unclear | -
    bus stop                                      | unclear | -
    don't stop                                    | unclear | -
    I can't stop laughing                         | unclear | -
    non-stop                                      | unclear | -
    quit smoking                                  | unclear | -
    end of the year                               | unclear | -
    sair atendente voltar                         | unclear | -
    sair, voltar                                  | unclear | -
    sаir                                          | unclear | -
    sair?                                         | unclear | ask whether to stop
    Posso parar?                                  | unclear | ask whether to stop
    stop?                                         | unclear | ask whether to stop
    como faço para sair?                          | unclear | ask whether to stop
    How do I unsubscribe?                         | unclear | ask whether to stop
    CANCELAR                                      | unclear | ask whether to stop
    cancelar por favor                            | unclear | ask whether to stop
    Cancel                                        | unclear | ask whether to stop
    quero cancelar                                | unclear | ask whether to stop
    não quero mais                                | unclear | ask whether to stop
    chega!                                        | unclear | ask whether to stop
    Para!                                         | unclear | ask whether to stop
    quero cancelar meu pedido                     | unclear | -
    não quero cancelar                            | unclear | -
    cancelar a matrícula                          | unclear | -
    quero voltar para o evento                    | unclear | -
    voltar atrás                                  | unclear | -
    voltar?                                       | unclear | -
    não quero voltar                              | unclear | -
    não, voltar                                   | unclear | -
    return policy                                 | unclear | -
    start-up                                      | unclear | -
    back pain                                     | unclear | -
    não quero falar com atendente                 | unclear | -
    não, atendente não                            | unclear | -
    o atendente foi grosseiro                     | unclear | -
    trabalho como atendente                       | unclear | -
    quem é o atendente?                           | unclear | -
    falei com uma pessoa ontem                    | unclear | -
    você é uma pessoa?                            | unclear | -
    humano?                                       | unclear | -
    are you human?                                | unclear | -
    human?                                        | unclear | -
    recursos humanos                              | unclear | -
    travel agent                                  | unclear | -
    pessoa física                                 | unclear | -
    horário de atendimento                        | unclear | -
    I don't want to talk to a human               | unclear | -
"""
