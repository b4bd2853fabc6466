/** From power-on to the join. */
export const FIRST_BOOT = {
  common: {
    justAMoment: 'Só um momento…',
    back: 'Voltar',
    yes: 'Sim',
    next: 'Avançar',
    skip: 'Ignorar',
    accept: 'Aceitar',
    cancel: 'Cancelar',
    connect: 'Conectar',
    tryAgain: 'Tentar novamente',
    startOver: 'Recomeçar',
    signIn: 'Entrar',
    password: 'Senha',
    reset: 'Restaurar dispositivo',
    somethingWentWrong: 'Algo deu errado',
    notSignedIn: 'Não foi possível entrar. Você pode tentar novamente.',
  },
  powerOn: {
    underway: 'As atualizações estão em andamento',
    keepOn: 'Mantenha o dispositivo ligado.',
  },
  language: {
    title: 'Qual idioma você quer usar?',
    detail: 'O Windows, os aplicativos e esta configuração vão usá-lo.',
    choice: 'Idioma',
  },
  region: {
    title: 'Este é o país ou a região correta?',
    choice: 'País ou região',
  },
  recovery: {
    title: 'Vamos configurar seu dispositivo novamente',
    detail: 'A configuração foi reiniciada várias vezes. Escolha aqui o idioma, a região e o teclado.',
  },
  keyboard: {
    title: 'Este é o layout de teclado ou o método de entrada correto?',
    detail: 'Se você também usa outro layout de teclado, poderá adicioná-lo a seguir.',
    choice: 'Layout do teclado',
  },
  secondKeyboard: {
    title: 'Quer adicionar um segundo layout de teclado?',
    isSetUp: '{layout} está configurado. Você pode adicionar outro agora, ou mais tarde em Configurações.',
    addLayout: 'Adicionar layout',
    choosing: 'Escolha um layout de teclado para adicionar',
  },
  network: {
    title: 'Vamos conectar você a uma rede',
    detail: 'Você precisará de uma conexão com a Internet para continuar a configurar o dispositivo.',
    choice: 'Redes Wi-Fi',
    none: 'Nenhuma rede Wi-Fi encontrada. Conecte um cabo de rede ou ligue o Wi-Fi.',
    key: 'Digite a chave de segurança de rede',
    connecting: 'Conectando a {ssid}',
    connected: '{ssid} — conectado, rede segura',
    connectedOpen: '{ssid} — conectado, rede aberta',
    hidden: 'Rede oculta',
    name: 'Digite o nome (SSID) da rede',
    user: 'Nome de usuário',
    wireClosed: 'Ethernet: esta rede exige uma autenticação que a configuração não suporta.',
    wrongKey: 'Não é possível se conectar a esta rede: a chave de segurança de rede não está correta.',
    wrongCredentials: 'Não é possível se conectar a esta rede: o nome de usuário ou a senha não está correto.',
    outOfRange: 'Não é possível se conectar a esta rede: ela está fora de alcance.',
    unsupported: 'Esta rede exige um certificado ou um cartão inteligente, que a configuração não suporta.',
    open: 'Aberta',
    'wpa2-psk': 'Segura',
    'wpa3-sae': 'Segura, WPA3',
    'wpa2-enterprise': 'Segura, empresarial',
    'wpa3-enterprise': 'Segura, WPA3 empresarial',
  },
  connectivity: {
    checking: 'Verificando a conexão com a Internet',
    portal: 'Esta rede exige que você entre',
    acceptTerms: 'Aceite os termos desta rede para acessar a Internet.',
    acceptAndConnect: 'Aceitar e conectar',
    changeNetwork: 'Escolher outra rede',
    offline: 'Não há conexão com a Internet nesta rede.',
  },
  criticalUpdates: {
    checking: 'Verificando se há atualizações',
    installing: 'Coisas boas estão a caminho',
    restarts: 'Seu dispositivo será reiniciado',
    whyRestart: 'As atualizações precisam disso. A configuração continua depois.',
  },
  autopilotProfile: {
    looking: 'Procurando sua organização',
    stillLooking: 'Ainda procurando sua organização (tentativa {attempts})',
  },
  naming: {
    title: 'Configurando seu dispositivo',
    name: 'Seu dispositivo se chamará {name}.',
    restarts: 'Ele será reiniciado em um momento.',
  },
  licenseTerms: {
    title: 'Examine o contrato de licença',
    terms: 'Termos de licença para software Microsoft',
    detail: 'O texto dos termos não faz parte da simulação.',
  },
  deviceName: {
    title: 'Vamos dar um nome ao seu dispositivo',
    detail: 'Escolha um nome único e fácil de reconhecer.',
    refused: 'Até 15 letras, dígitos e hifens, e não só dígitos.',
    name: 'Nome do dispositivo',
    skip: 'Ignorar por enquanto',
    restarts: 'Ele será reiniciado em um momento.',
  },
  deviceUsage: {
    title: 'Como você quer configurar este dispositivo?',
    choice: 'Uso do dispositivo',
    personal: 'Configurar para uso pessoal',
    workOrSchool: 'Configurar para o trabalho ou a escola',
  },
  signIn: {
    work: 'Vamos configurar tudo para seu trabalho ou sua escola',
    personal: 'Vamos adicionar sua conta da Microsoft',
    email: 'Entrar',
    hint: 'alguem@example.com',
    password: 'Insira a senha',
    passwordAt: 'Entrar em {page}',
    unknownAccount: 'Não encontramos uma conta com esse nome de usuário.',
    wrongPassword: 'Sua conta ou senha está incorreta.',
    timedOut: 'O tempo para entrar se esgotou. Entre novamente.',
    otherOrganization:
      'Esse nome de usuário parece pertencer a outra organização. Tente entrar novamente ou recomece com outra conta.',
    options: 'Opções de entrada',
    securityKey: 'Entrar com uma chave de segurança',
    insertKey: 'Insira a chave de segurança na porta USB e digite o PIN dela.',
    keyChoice: 'Chave de segurança',
    keyPin: 'PIN da chave de segurança',
    wrongPin: 'Esse PIN não está correto. Tente novamente.',
    heldKey: 'Você inseriu um PIN incorreto vezes demais. Remova a chave de segurança e insira-a novamente.',
    lockedKey:
      'Sua chave de segurança está bloqueada porque um PIN incorreto foi inserido vezes demais. Ela precisa ser redefinida.',
    insertAgain: 'Inserir novamente',
    unfamiliarKey: 'Esta chave de segurança não é reconhecida. Tente outra.',
    webSignIn:
      'A entrada na Web aparece na tela de bloqueio, se uma política permitir: Authentication/EnableWebSignIn.',
    accessPassAbout:
      'Senha de acesso temporária: insira primeiro seu endereço de email. Ela é oferecida a quem tem uma.',
    accessPass: 'Senha de acesso temporária',
    useAccessPass: 'Usar uma senha de acesso temporária',
    forgot: 'Esqueci minha senha',
    resetTitle: 'Volte para sua conta',
    resetAbout:
      'Aqui o Microsoft Entra pede uma prova de identidade e define uma nova senha, se a escola permitir. Isso não é simulado: peça a um administrador para redefinir a senha.',
    otherAccount: 'Recomeçar com outra conta',
    updatePassword: 'Atualize sua senha',
    updateWhy:
      'Você precisa atualizar sua senha porque esta é a primeira vez que está entrando ou porque a senha expirou.',
    newPassword: 'Nova senha',
    confirmPassword: 'Confirmar senha',
    differentPasswords: 'As duas senhas não são iguais.',
    weakPassword: 'Escolha uma senha mais difícil de adivinhar.',
    50053: 'Sua conta está bloqueada temporariamente para evitar uso não autorizado. Tente mais tarde.',
    50055: 'Sua senha expirou.',
    50057: 'Sua conta foi desabilitada.',
    50072: 'Sua organização exige uma segunda forma de provar sua identidade. Configure-a primeiro.',
    50074: 'Sua organização exige outra prova da sua identidade.',
    50076: 'Sua organização exige outra prova da sua identidade.',
    50105: 'Você não está atribuído a este aplicativo.',
    50144: 'Sua senha expirou. Sua organização precisa definir uma nova.',
    53000: 'Sua organização só permite dispositivos que cumprem as políticas dela. Este ainda não cumpre.',
    53003:
      'Sua entrada foi bem-sucedida, mas não atende aos critérios para acessar este recurso. Por exemplo, você pode estar entrando de um navegador, aplicativo, local ou fluxo de autenticação que o administrador restringiu.',
    90033: 'Um serviço está temporariamente indisponível. Tente mais tarde.',
    135010: 'Esta chave de segurança não está registrada para nenhuma conta da sua organização.',
    135016: 'Sua organização não permite entrar com uma chave de segurança.',
  },
  phoneProof: {
    title: 'Verifique sua identidade',
    enterNumber: 'Abra o aplicativo Authenticator e insira o número mostrado para entrar.',
    denied: 'A solicitação foi negada ou não foi respondida.',
    sendAnother: 'Enviar outra solicitação',
    secure: 'Mantenha sua conta segura',
    moreInformation: 'Mais informações necessárias',
    getApp: 'Sua organização exige um aplicativo de autenticação em um telefone. Comece baixando o aplicativo.',
  },
  deviceJoin: {
    terms: 'Termos de uso',
    moreLines: 'Mais {count} linhas',
    noTerms: 'Não foi possível acessar os termos de uso de MDM da sua organização.',
  },
  errorPage: {
    communication:
      'Erro de comunicação com o servidor. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    authentication:
      'Problema ao autenticar sua conta ou dispositivo. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    notAuthorized:
      'Este usuário não está autorizado a fazer o registro. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    certificate:
      'Erro de certificado. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    inProgress:
      'Outro registro está em andamento. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    alreadyEnrolled:
      'Este dispositivo já está registrado. Entre em contato com o administrador do sistema e informe o código de erro {code}.',
    tooMany:
      'Parece que há dispositivos ou usuários demais para esta conta. Entre em contato com o administrador do sistema e informe o código de erro {code}.',
    notSupported:
      'Este recurso não tem suporte. Entre em contato com o administrador do sistema e informe o código de erro {code}.',
    notAccepted:
      'O servidor não aceitou a solicitação. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    maintenance:
      'O serviço está em manutenção. Tente mais tarde ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    licence:
      'Erro com sua licença. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    wrongConfiguration:
      'Parece que o servidor não está configurado corretamente. Tente novamente ou entre em contato com o administrador do sistema e informe o código de erro {code}.',
    termsOfUse:
      'Sua organização exige que você aceite os termos de uso. Tente novamente ou peça mais informações à equipe de suporte.',
    notTrusted:
      'O servidor não é confiável. Entre em contato com o administrador do sistema e informe o código de erro {code}.',
    restartNeeded: 'É necessário reiniciar para concluir o registro do dispositivo.',
    invalidCertificate:
      'Parece que você tem um certificado inválido. Entre em contato com o administrador do sistema e informe o código de erro {code}.',
    serverCode: 'Código de erro do servidor: {code}',
    correlationId: 'ID de correlação: {id}',
    serverMessage: 'Mensagem do servidor: {message}',
    notAvailable: 'Não disponível',
    moreInformation: 'Mais informações: https://www.microsoft.com/mdmerrors',
    attestationTimedOut: 'Algo aconteceu e o tempo do atestado de TPM se esgotou.',
  },
} as const
