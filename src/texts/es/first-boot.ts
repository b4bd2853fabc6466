/** From power-on to the join. */
export const FIRST_BOOT = {
  common: {
    justAMoment: 'Un momento…',
    back: 'Atrás',
    yes: 'Sí',
    next: 'Siguiente',
    skip: 'Omitir',
    accept: 'Aceptar',
    cancel: 'Cancelar',
    connect: 'Conectar',
    tryAgain: 'Reintentar',
    startOver: 'Empezar de nuevo',
    signIn: 'Iniciar sesión',
    password: 'Contraseña',
    reset: 'Restablecer dispositivo',
    somethingWentWrong: 'Se ha producido un error',
    notSignedIn: 'No hemos podido iniciar tu sesión. Puedes volver a intentarlo.',
  },
  powerOn: {
    underway: 'Las actualizaciones están en curso',
    keepOn: 'Mantén encendido el dispositivo.',
  },
  language: {
    title: '¿Qué idioma quieres usar?',
    detail: 'Lo usarán Windows, las aplicaciones y esta configuración.',
    choice: 'Idioma',
  },
  region: {
    title: '¿Es este el país o la región correctos?',
    choice: 'País o región',
  },
  recovery: {
    title: 'Vamos a configurar tu dispositivo de nuevo',
    detail: 'La configuración se ha reiniciado varias veces. Elige aquí el idioma, la región y el teclado.',
  },
  keyboard: {
    title: '¿Es esta la distribución del teclado o el método de entrada correctos?',
    detail: 'Si también usas otra distribución del teclado, puedes agregarla a continuación.',
    choice: 'Distribución del teclado',
  },
  secondKeyboard: {
    title: '¿Quieres agregar una segunda distribución del teclado?',
    isSetUp: '{layout} está configurada. Puedes agregar otra ahora o más tarde en Configuración.',
    addLayout: 'Agregar distribución',
    choosing: 'Elige la distribución del teclado que quieres agregar',
  },
  network: {
    title: 'Vamos a conectarte a una red',
    detail: 'Necesitarás una conexión a Internet para seguir configurando el dispositivo.',
    choice: 'Redes Wi-Fi',
    none: 'No se han encontrado redes Wi-Fi. Conecta un cable de red o activa la Wi-Fi.',
    key: 'Escribe la clave de seguridad de red',
    connecting: 'Conectando a {ssid}',
    connected: '{ssid} — conectado, protegida',
    connectedOpen: '{ssid} — conectado, abierta',
    hidden: 'Red oculta',
    name: 'Escribe el nombre (SSID) de la red',
    user: 'Nombre de usuario',
    wireClosed: 'Ethernet: esta red requiere una autenticación que la configuración no admite.',
    wrongKey: 'No se puede conectar a esta red: la clave de seguridad de red no es correcta.',
    wrongCredentials: 'No se puede conectar a esta red: el nombre de usuario o la contraseña no son correctos.',
    outOfRange: 'No se puede conectar a esta red: está fuera del alcance.',
    unsupported: 'Esta red requiere un certificado o una tarjeta inteligente, que la configuración no admite.',
    open: 'Abierta',
    'wpa2-psk': 'Protegida',
    'wpa3-sae': 'Protegida, WPA3',
    'wpa2-enterprise': 'Protegida, empresarial',
    'wpa3-enterprise': 'Protegida, WPA3 empresarial',
  },
  connectivity: {
    checking: 'Comprobando la conexión a Internet',
    portal: 'Esta red requiere que inicies sesión',
    acceptTerms: 'Acepta los términos de esta red para acceder a Internet.',
    acceptAndConnect: 'Aceptar y conectar',
    changeNetwork: 'Elegir otra red',
    offline: 'No hay conexión a Internet en esta red.',
  },
  criticalUpdates: {
    checking: 'Buscando actualizaciones',
    installing: 'Se acercan cosas buenas',
    restarts: 'El dispositivo se reiniciará',
    whyRestart: 'Las actualizaciones lo necesitan. La configuración continuará después.',
  },
  autopilotProfile: {
    looking: 'Buscando tu organización',
    stillLooking: 'Seguimos buscando tu organización (intento {attempts})',
  },
  naming: {
    title: 'Configurando el dispositivo',
    name: 'El dispositivo se llamará {name}.',
    restarts: 'Se reiniciará en un momento.',
  },
  licenseTerms: {
    title: 'Revisa el contrato de licencia',
    terms: 'Términos de licencia del software de Microsoft',
    detail: 'El texto de los términos no forma parte de la simulación.',
  },
  deviceName: {
    title: 'Vamos a poner un nombre al dispositivo',
    detail: 'Hazlo tuyo con un nombre único que sea fácil de reconocer.',
    refused: 'Hasta 15 letras, dígitos y guiones, y no solo dígitos.',
    name: 'Nombre del dispositivo',
    skip: 'Omitir por ahora',
    restarts: 'Se reiniciará en un momento.',
  },
  deviceUsage: {
    title: '¿Cómo quieres configurar este dispositivo?',
    choice: 'Uso del dispositivo',
    personal: 'Configurar para uso personal',
    workOrSchool: 'Configurar para trabajo o escuela',
  },
  signIn: {
    work: 'Vamos a configurar todo para tu trabajo o escuela',
    personal: 'Vamos a agregar tu cuenta de Microsoft',
    email: 'Iniciar sesión',
    hint: 'alguien@example.com',
    password: 'Escribir contraseña',
    passwordAt: 'Iniciar sesión en {page}',
    unknownAccount: 'No hemos encontrado ninguna cuenta con ese nombre de usuario.',
    wrongPassword: 'Tu cuenta o contraseña no es correcta.',
    timedOut: 'Se agotó el tiempo de inicio de sesión. Vuelve a iniciar sesión.',
    otherOrganization:
      'Parece que ese nombre de usuario pertenece a otra organización. Vuelve a iniciar sesión o empieza de nuevo con otra cuenta.',
    options: 'Opciones de inicio de sesión',
    securityKey: 'Iniciar sesión con una clave de seguridad',
    insertKey: 'Inserte la clave de seguridad en el puerto USB y escriba su PIN.',
    keyChoice: 'Clave de seguridad',
    keyPin: 'PIN de la clave de seguridad',
    wrongPin: 'Ese PIN no es correcto. Inténtelo de nuevo.',
    heldKey: 'Ha escrito un PIN incorrecto demasiadas veces. Retire la clave de seguridad y vuelva a insertarla.',
    lockedKey:
      'Su clave de seguridad está bloqueada porque se ha escrito un PIN incorrecto demasiadas veces. Hay que restablecerla.',
    insertAgain: 'Volver a insertarla',
    unfamiliarKey: 'No reconocemos esta clave de seguridad. Pruebe con otra.',
    webSignIn:
      'El inicio de sesión web aparece en la pantalla de bloqueo, si una directiva lo permite: Authentication/EnableWebSignIn.',
    accessPassAbout:
      'Pase de acceso temporal: escribe primero tu dirección de correo. Se ofrece después a quien tiene uno.',
    accessPass: 'Pase de acceso temporal',
    useAccessPass: 'Usar un pase de acceso temporal en su lugar',
    forgot: 'He olvidado mi contraseña',
    resetTitle: 'Recuperar el acceso a tu cuenta',
    resetAbout:
      'Aquí Microsoft Entra pide una prueba de identidad y establece una contraseña nueva, si la escuela lo permite. Esto no se simula: pide a un administrador que restablezca la contraseña.',
    otherAccount: 'Empezar de nuevo con otra cuenta',
    updatePassword: 'Actualiza tu contraseña',
    updateWhy:
      'Debes actualizar la contraseña porque es la primera vez que inicias sesión o porque la contraseña ha expirado.',
    newPassword: 'Nueva contraseña',
    confirmPassword: 'Confirmar contraseña',
    differentPasswords: 'Las dos contraseñas no coinciden.',
    weakPassword: 'Elige una contraseña que sea más difícil de adivinar.',
    50053: 'Tu cuenta está bloqueada temporalmente para impedir un uso no autorizado. Inténtalo más tarde.',
    50055: 'Tu contraseña ha expirado.',
    50057: 'Tu cuenta se ha deshabilitado.',
    50072: 'Tu organización requiere una segunda forma de demostrar tu identidad. Configúrala primero.',
    50074: 'Tu organización requiere otra prueba de tu identidad.',
    50076: 'Tu organización requiere otra prueba de tu identidad.',
    50105: 'No estás asignado a esta aplicación.',
    50144: 'Tu contraseña ha expirado. Tu organización tiene que establecer una nueva.',
    53000: 'Tu organización solo admite dispositivos que cumplen sus directivas. Este aún no las cumple.',
    53003:
      'El inicio de sesión se realizó correctamente, pero no cumple los criterios para acceder a este recurso. Por ejemplo, puede que uses un explorador, una aplicación, una ubicación o un flujo de autenticación que el administrador ha restringido.',
    90033: 'Un servicio no está disponible temporalmente. Inténtalo más tarde.',
    135010: 'Esta clave de seguridad no está registrada para ninguna cuenta de su organización.',
    135016: 'Su organización no permite iniciar sesión con una clave de seguridad.',
  },
  phoneProof: {
    title: 'Comprueba tu identidad',
    enterNumber: 'Abre la aplicación Authenticator y escribe el número que se muestra para iniciar sesión.',
    denied: 'La solicitud se ha denegado o no se ha respondido.',
    sendAnother: 'Enviar otra solicitud',
    secure: 'Protege tu cuenta',
    moreInformation: 'Se necesita más información',
    getApp:
      'Tu organización requiere una aplicación de autenticación en un teléfono. Empieza por descargar la aplicación.',
  },
  deviceJoin: {
    terms: 'Términos de uso',
    moreLines: '{count} líneas más',
    noTerms: 'No se ha podido acceder a los términos de uso de MDM de tu organización.',
  },
  errorPage: {
    communication:
      'Error al comunicarse con el servidor. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    authentication:
      'Problema al autenticar tu cuenta o dispositivo. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    notAuthorized:
      'Este usuario no está autorizado para inscribirse. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    certificate:
      'Error de certificado. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    inProgress:
      'Hay otra inscripción en curso. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    alreadyEnrolled:
      'Este dispositivo ya está inscrito. Ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    tooMany:
      'Parece que hay demasiados dispositivos o usuarios para esta cuenta. Ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    notSupported:
      'Esta característica no se admite. Ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    notAccepted:
      'El servidor no ha aceptado la solicitud. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    maintenance:
      'El servicio está en mantenimiento. Vuelve a intentarlo más tarde o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    licence:
      'Error con tu licencia. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    wrongConfiguration:
      'Parece que el servidor no está bien configurado. Vuelve a intentarlo o ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    termsOfUse:
      'Tu organización requiere que aceptes los términos de uso. Vuelve a intentarlo o pide más información a tu equipo de soporte técnico.',
    notTrusted:
      'El servidor no es de confianza. Ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    restartNeeded: 'Es necesario reiniciar para completar el registro del dispositivo.',
    invalidCertificate:
      'Parece que tienes un certificado no válido. Ponte en contacto con el administrador del sistema y dale el código de error {code}.',
    serverCode: 'Código de error del servidor: {code}',
    correlationId: 'Id. de correlación: {id}',
    serverMessage: 'Mensaje del servidor: {message}',
    notAvailable: 'No disponible',
    moreInformation: 'Más información: https://www.microsoft.com/mdmerrors',
    attestationTimedOut: 'Ha ocurrido algo y se agotó el tiempo de la atestación de TPM.',
  },
} as const
