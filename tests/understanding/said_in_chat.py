"""What people mean in a chat: a command, and the words.

"ask" is to be asked whether to stop; "offers" and "no-offers" are whether they want any.
"""

MEANT = """
stop   cancelar inscrição
stop   parar de receber mensagens
stop   parar de receber mensagem
stop   quero parar de receber
stop   preciso parar de receber msgs
stop   oi, gostaria de parar de receber suas mensagens
stop   deixar de receber mensagens, por favor
stop   parar com as mensagens
stop   parem de mandar mensagens
stop   parem de enviar mensagem
stop   dejar de recibir mensajes
stop   quisiera dejar de recibir mensajes
stop   stop receiving messages
no-offers parar de receber promoções
ask    parar de receber mensagens?
stop   CANCELAR INSCRIÇÃO
stop   para de me encher
stop   para de me encher o saco
stop   Para de me encher, por favor
stop   pare de me encher
stop   quero cancelar o recebimento
stop   Quero cancelar o recebimento de mensagens
stop   cancelar recebimento
stop   cancelem o envio
stop   suspender o envio de mensagens
stop   gostaria de cancelar o recebimento dessas mensagens
stop   para de me mandar msg!!!
stop   aff, para de me mandar mensagem
stop   gente, parem de me mandar mensagem
stop   já falei que quero sair
stop   já pedi pra parar
stop   eu já disse que não quero mais mensagens
stop   parem de me incomodar agora
stop   PAREM COM ISSO JÁ
stop   nao me mandem mais msgs pfvr
stop   não quero receber mais nada
stop   me tirem dessa lista de transmissão
stop   quero sair da lista de vocês
stop   preciso sair da lista
stop   me deixa quieta
stop   me deixem em paz!!!
stop   não tenho mais interesse em receber mensagens
stop   não quero continuar recebendo mensagens
stop   não quero ser incomodado
stop   não quero mais ser contatada
stop   não entrem mais em contato
stop   apaga meu número
stop   esquece meu contato
stop   oi, bom dia! quero sair da lista, obrigada
stop   obrigada, mas quero sair
stop   não aguento mais mensagens
stop   cansei de mensagens
stop   chega de mensagens, por favor
stop   voces podem parar de me mandar msg
stop   quero que vocês parem de me mandar mensagens
stop   parar de me enviar mensagens
stop   tem que parar de me mandar mensagem
stop   favor não enviar mais mensagens
stop   nunca mais me mande mensagem
stop   descadastramento
stop   quero me descadastar
stop   me descadastrem por favor
stop   ok, pode parar
stop   mudei de ideia, quero sair
stop   não quero mais nada, sair
stop   n me manda mais nada
stop   nao manda mais msg pra mim
stop   pare porra
stop   Sair, gracias
stop   salir
stop   quiero salir
stop   Quiero darme de baja
stop   darme de baja por favor
stop   dame de baja
stop   da baja
stop   Da de baja mi número
stop   den de baja mi suscripción
stop   dame la baja, por favor
ask    ¿me das de baja?
stop   denme de baja de la lista
stop   BAJA
stop   no quiero recibir más mensajes
stop   ya no quiero recibir mensajes
stop   no quiero más mensajes
stop   dejen de escribirme
stop   deja de mandarme mensajes
stop   dejen de molestar
stop   no me escriban más
stop   no me manden más mensajes
stop   no me envíen más
stop   ya no me escriban
stop   ya no me manden mensajes
stop   sáquenme de la lista
stop   quítame de la lista
stop   bórrame de esta lista
stop   eliminen mi número
stop   déjenme en paz
stop   déjame tranquila
stop   hola, quiero darme de baja, gracias
stop   retiro mi consentimiento
stop   cancelar suscripción
stop   please stop texting me now
stop   stop messaging me, damn it
stop   I no longer want to receive these messages
stop   I already said stop
stop   never contact me again
stop   lose my number
stop   cancel subscription
stop   I'd like to stop receiving messages
stop   unsubscribe me right now
stop   get me off this list
ask    quero cancelar a minha inscrição
ask    cancelar minha assinatura
ask    cancelar meu cadastro
no-offers não quero mais propaganda
no-offers chega de promoções
no-offers para de mandar propaganda
ask    já chega
ask    me esquece
ask    não enche
ask    ya no quiero
ask    no quiero más
ask    ¿cómo me doy de baja?
ask    cancel my subscription
ask    vocês podem parar de me encher?
ask    gente, chega
person quero um atendente agora
person Quero um atendente AGORA!
person cadê o atendente
person cadê o atendente?
person kd o atendente???
person preciso de uma pessoa de verdade
person preciso de um atendente urgente
person quero uma pessoa de verdade
person quero falar com alguém de verdade
person quero falar com um humano de carne e osso
person tem algum atendente aí?
person vocês têm atendente?
person tem um humano online?
person onde está o atendente?
person cadê o responsável?
person queria falar com o gerente
person preciso falar com o responsável por favor
person me passa pra um atendente humano
person me transfere para o atendente já
person pode me passar para uma pessoa?
person chama alguém
person chama o gerente
person pode chamar um atendente
person alguém me atende por favor
person alguém pode me atender?
person quero ser atendido por uma pessoa
person quero ser atendida
person oi moça, preciso falar com uma pessoa
person da pra falar com um humano?
person tem como falar com alguém da equipe?
person poderia falar com alguém do suporte, por favor?
person fala com humano
person exijo um atendente
person já pedi, quero um atendente
person aff, quero um atendente
person mudei de ideia, quero um atendente
person nao quero robo
person chega de robô, quero um humano
person você é um robô? quero um atendente
person quero falar com um atendetne
person qro falar c atendente agr
person atendente humano já
person por favor, um atendente
person quiero hablar con una persona
person necesito hablar con un humano
person quiero hablar con un asesor por favor
person hablar con un agente
person ¿hay alguien ahí?
person páseme con un agente
person me comunica con un asesor
person quiero un agente
person atención al cliente
person persona real
person ¿puedo hablar con alguien?
person no quiero hablar con un robot
person where is the agent?
person I need a human right now
person I want to talk to someone real
person let me talk to a manager
person can I speak with an actual person please
person put me through to support
person is there a human?
person get me a human
person give me a real person
person are you a bot? I want a human
stop   me tira dessa lista por favor
stop   parem de me mandar mensagem pfv
stop   não me manda mais nada
stop   quiero darme de baja
stop   no me escriban más por favor
stop   Sair!!
person tem alguém de verdade aí?
person me passa pra uma atendente por favor
person quero falar com o gerente
person não quero falar com robô
person alguém de verdade aí?
person tem gente de verdade aí?
person tem alguém de carne e osso aí do outro lado?
person existe alguém real atendendo?
person será que tem uma pessoa de verdade aí
person hay alguien de verdad ahí?
person is there a real person there?
offers aceito ofertas
offers Aceito receber ofertas!
offers sim, aceito ofertas
offers oi, aceito receber promoções, obrigada
offers quero voltar a receber ofertas
offers I accept offers
offers I agree to receive promotions
offers acepto ofertas
no-offers não quero ofertas
no-offers NÃO QUERO OFERTAS
no-offers não quero mais promoções
no-offers não aceito ofertas, obrigado
no-offers parem de mandar ofertas
no-offers bom dia, não quero mais receber propaganda por favor
no-offers não quero ofertas, para
no-offers retiro meu consentimento para ofertas
no-offers no offers
no-offers stop sending me promotions
no-offers I don't want offers
no-offers no quiero ofertas
stop   SAIR. Não quero ofertas
"""
