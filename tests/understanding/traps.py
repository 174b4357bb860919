"""Words that look like a decision to a hurried reader, and are another or none. See said.py."""

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
    sim 👎                                         | unclear | -
    sim 😂😂                                        | unclear | -
    sim⁉                                          | unclear | -
    sim 🤔                                         | unclear | -
    sim kkkkk                                     | unclear | -
    kk                                            | unclear | -
    👍                                             | unclear | -
    👍🏽👍🏽                                          | unclear | -
    ✅                                             | unclear | -
    🙏                                             | unclear | -
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
    Oi, blz                                       | unclear | -
    oi beleza                                     | unclear | -
    opa, beleza                                   | unclear | -
    bom dia, blz!                                 | unclear | -
    oi, certo                                     | unclear | -
    beleza, obrigada                              | unclear | -
    nó                                            | unclear | -
    não pare de me mandar mensagem                | unclear | -
    quero participar do sorteio                   | unclear | -
    sim que não                                   | unclear | -
    não recebi mais mensagens                     | unclear | -
    não quero mais café                           | unclear | -
    parar em frente ao hotel                      | unclear | -
    como saio do estacionamento?                  | unclear | -
    parei                                         | unclear | -
    someone                                       | unclear | -
    operator                                      | unclear | -
    pessoa jurídica                               | unclear | -
    alguém me disse para escrever                 | unclear | -
    atendi uma pessoa                             | unclear | -
    suporte técnico é o que eu faço               | unclear | -
    stop sign                                     | unclear | -
    I want to stop smoking                        | unclear | -
    take me off guard                             | unclear | -
    oi alguém                                     | unclear | -
    gente boa                                     | unclear | -
    vamos que vamos                               | unclear | -
    podem entrar                                  | unclear | -
    can't stop, won't stop                        | unclear | -
    vamos parar                                   | unclear | -
    desejo sair-me bem                            | unclear | -
    preciso parar                                 | unclear | -
    claro, mas não hoje                           | unclear | -
    cancelar tudo                                 | unclear | ask whether to stop
    cancela tudo                                  | unclear | ask whether to stop
    cancelar mensagens                            | unclear | ask whether to stop
    quero sair do grupo                           | unclear | ask whether to stop
    encerrar conversa                             | unclear | ask whether to stop
    podemos parar?                                | unclear | ask whether to stop
    quero parar com isso                          | unclear | ask whether to stop
    opa, blz? bora                                | unclear | -
    sim, vamos lá 🚀                               | unclear | -
    cancele as mensagens                          | unclear | ask whether to stop
    sair desse grupo                              | unclear | ask whether to stop
    não aceito mais                               | unclear | ask whether to stop
    não quero continuar                           | unclear | ask whether to stop
    você pode parar de me mandar mensagens?       | unclear | ask whether to stop
    sim 🥱                                         | unclear | -
    sim 😏                                         | unclear | -
    yes 😐                                         | unclear | -
    sim 💀                                         | unclear | -
    E aí, beleza                                  | unclear | -
    oi, ok                                        | unclear | -
    tudo bem                                      | unclear | -
    tudo bem sim                                  | unclear | -
    não, tudo bem                                 | unclear | -
    Nó!                                           | unclear | -
    Nossa                                         | unclear | -
    vamos ver                                     | unclear | -
    vamos com calma                               | unclear | -
    vamos?                                        | unclear | -
    podemos?                                      | unclear | -
    podemos conversar amanhã?                     | unclear | -
    podemos não                                   | unclear | -
    bora marcar um café                           | unclear | -
    aceito não sei o quê                          | unclear | -
    quero, não                                    | unclear | -
    n sei                                         | unclear | -
    s/n                                           | unclear | -
    autorizou                                     | unclear | -
    concordou                                     | unclear | -
    pra                                           | unclear | -
    p                                             | unclear | -
    para o quê?                                   | unclear | -
    pra mim está ótimo                            | unclear | -
    q                                             | unclear | -
    c                                             | unclear | -
    sin                                           | unclear | -
    vamos sair                                    | unclear | -
    pode sair                                     | unclear | -
    bora parar com isso                           | unclear | -
    preciso sair agora                            | unclear | -
    vou parar de fumar                            | unclear | -
    quero parar de beber                          | unclear | -
    para já está bom                              | unclear | -
    pare o que está fazendo e me ajude            | unclear | -
    posso parar no estacionamento?                | unclear | -
    quando vocês param de atender?                | unclear | -
    como faço para sair do prédio?                | unclear | -
    stop by tomorrow?                             | unclear | -
    não chega de mensagem                         | unclear | -
    não parem com isso                            | unclear | -
    don't stop sending me messages                | unclear | -
    I don't want to stop                          | unclear | -
    chega de trabalhar demais                     | unclear | -
    não quero parar de receber mensagens          | unclear | -
    não retiro meu consentimento                  | unclear | -
    tira meu número da agenda do João             | unclear | -
    remove my number from the invoice             | unclear | -
    não mandem mais ninguém                       | unclear | -
    gostaria de sair da minha zona de conforto    | unclear | -
    quero sair do aluguel                         | unclear | -
    chega mais                                    | unclear | -
    parem de construir prédios                    | unclear | -
    stop and think                                | unclear | -
    stop this video                               | unclear | -
    não envie o boleto para o meu e-mail          | unclear | -
    não me chame de senhor                        | unclear | -
    cancelar tudo que eu pedi ontem               | unclear | -
    sair do grupo de risco                        | unclear | -
    operador                                      | unclear | -
    alguém                                        | unclear | -
    pessoa                                        | unclear | -
    uma pessoa                                    | unclear | -
    Operadora de caixa                            | unclear | -
    representante comercial                       | unclear | -
    falar com gente                               | unclear | -
    gosto de falar com pessoas                    | unclear | -
    vamos falar com o responsável                 | unclear | -
    tem alguém que ajuda com o crachá?            | unclear | -
    preciso falar com meu chefe                   | unclear | -
    real person?                                  | unclear | -
    customer service is my job                    | unclear | -
    quero falar com um robô                       | unclear | -
    você atendeste meu pedido                     | unclear | -
    atendeste                                     | unclear | -
    passa pra cá                                  | unclear | -
    equipe                                        | unclear | -
    não quero mais parar                          | unclear | ask whether to stop
    remover                                       | unclear | ask whether to stop
    para sair                                     | unclear | ask whether to stop
"""
