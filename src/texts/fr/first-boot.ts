/** From power-on to the join. */
export const FIRST_BOOT = {
  common: {
    justAMoment: 'Un instant…',
    back: 'Précédent',
    yes: 'Oui',
    next: 'Suivant',
    skip: 'Ignorer',
    accept: 'Accepter',
    cancel: 'Annuler',
    connect: 'Se connecter',
    tryAgain: 'Réessayer',
    startOver: 'Recommencer',
    signIn: 'Se connecter',
    password: 'Mot de passe',
    reset: "Réinitialiser l'appareil",
    somethingWentWrong: 'Un problème est survenu',
    notSignedIn: "Nous n'avons pas pu vous connecter. Vous pouvez réessayer.",
  },
  powerOn: {
    underway: 'Des mises à jour sont en cours',
    keepOn: 'Laissez votre appareil allumé.',
  },
  language: {
    title: 'Quelle langue voulez-vous utiliser ?',
    detail: "Windows, les applications et cette configuration l'utiliseront.",
    choice: 'Langue',
  },
  region: {
    title: 'Est-ce le bon pays ou la bonne région ?',
    choice: 'Pays ou région',
  },
  recovery: {
    title: 'Configurons de nouveau votre appareil',
    detail: 'La configuration a redémarré plusieurs fois. Choisissez ici la langue, la région et le clavier.',
  },
  keyboard: {
    title: "S'agit-il de la bonne disposition de clavier ou du bon mode de saisie ?",
    detail: "Si vous utilisez une autre disposition de clavier, vous pourrez l'ajouter ensuite.",
    choice: 'Disposition du clavier',
  },
  secondKeyboard: {
    title: 'Voulez-vous ajouter une deuxième disposition de clavier ?',
    isSetUp: '{layout} est configurée. Vous pouvez en ajouter une autre maintenant, ou plus tard dans les Paramètres.',
    addLayout: 'Ajouter une disposition',
    choosing: 'Choisissez une disposition de clavier à ajouter',
  },
  network: {
    title: 'Nous allons vous connecter à un réseau',
    detail: 'Une connexion Internet est nécessaire pour continuer à configurer votre appareil.',
    choice: 'Réseaux Wi-Fi',
    none: 'Aucun réseau Wi-Fi trouvé. Branchez un câble réseau ou activez le Wi-Fi.',
    key: 'Entrez la clé de sécurité réseau',
    connecting: 'Connexion à {ssid}',
    connected: '{ssid} — connecté, sécurisé',
    connectedOpen: '{ssid} — connecté, ouvert',
    hidden: 'Réseau masqué',
    name: 'Entrez le nom (SSID) du réseau',
    user: "Nom d'utilisateur",
    wireClosed: 'Ethernet : ce réseau exige une authentification que la configuration ne prend pas en charge.',
    wrongKey: "Connexion à ce réseau impossible : la clé de sécurité réseau n'est pas correcte.",
    wrongCredentials: "Connexion à ce réseau impossible : le nom d'utilisateur ou le mot de passe n'est pas correct.",
    outOfRange: 'Connexion à ce réseau impossible : il est hors de portée.',
    unsupported: 'Ce réseau exige un certificat ou une carte à puce, que la configuration ne prend pas en charge.',
    open: 'Ouvert',
    'wpa2-psk': 'Sécurisé',
    'wpa3-sae': 'Sécurisé, WPA3',
    'wpa2-enterprise': 'Sécurisé, entreprise',
    'wpa3-enterprise': 'Sécurisé, WPA3 entreprise',
  },
  connectivity: {
    checking: 'Vérification de la connexion Internet',
    portal: 'Ce réseau exige que vous vous connectiez',
    acceptTerms: 'Acceptez les conditions de ce réseau pour accéder à Internet.',
    acceptAndConnect: 'Accepter et se connecter',
    changeNetwork: 'Choisir un autre réseau',
    offline: "Il n'y a pas de connexion Internet sur ce réseau.",
  },
  criticalUpdates: {
    checking: 'Recherche de mises à jour',
    installing: 'De bonnes choses arrivent',
    restarts: 'Votre appareil va redémarrer',
    whyRestart: "Les mises à jour l'exigent. La configuration continue ensuite.",
  },
  autopilotProfile: {
    looking: 'Recherche de votre organisation',
    stillLooking: 'Recherche de votre organisation en cours (tentative {attempts})',
  },
  naming: {
    title: 'Configuration de votre appareil',
    name: "Votre appareil s'appellera {name}.",
    restarts: 'Il redémarre dans un instant.',
  },
  licenseTerms: {
    title: 'Veuillez lire le contrat de licence',
    terms: 'Termes du contrat de licence logiciel Microsoft',
    detail: 'Le texte du contrat ne fait pas partie de la simulation.',
  },
  deviceName: {
    title: 'Donnons un nom à votre appareil',
    detail: 'Choisissez un nom unique, facile à reconnaître.',
    refused: "Jusqu'à 15 lettres, chiffres et traits d'union, et pas uniquement des chiffres.",
    name: "Nom de l'appareil",
    skip: "Ignorer pour l'instant",
    restarts: 'Il redémarre dans un instant.',
  },
  deviceUsage: {
    title: 'Comment voulez-vous configurer cet appareil ?',
    choice: "Utilisation de l'appareil",
    personal: 'Configurer pour une utilisation personnelle',
    workOrSchool: "Configurer pour le travail ou l'école",
  },
  signIn: {
    work: 'Configurons votre appareil professionnel ou scolaire',
    personal: 'Ajoutons votre compte Microsoft',
    email: 'Se connecter',
    hint: 'nom@example.com',
    password: 'Entrez le mot de passe',
    passwordAt: 'Se connecter à {page}',
    unknownAccount: "Nous n'avons trouvé aucun compte avec ce nom d'utilisateur.",
    wrongPassword: 'Votre compte ou votre mot de passe est incorrect.',
    timedOut: 'Votre connexion a expiré. Veuillez vous reconnecter.',
    otherOrganization:
      "Ce nom d'utilisateur semble appartenir à une autre organisation. Reconnectez-vous ou recommencez avec un autre compte.",
    options: 'Options de connexion',
    securityKey: 'Se connecter avec une clé de sécurité',
    insertKey: 'Insérez votre clé de sécurité dans le port USB et entrez son code PIN.',
    keyChoice: 'Clé de sécurité',
    keyPin: 'Code PIN de la clé de sécurité',
    wrongPin: "Ce code PIN n'est pas correct. Réessayez.",
    heldKey: 'Vous avez saisi un code PIN incorrect trop de fois. Retirez votre clé de sécurité, puis réinsérez-la.',
    lockedKey:
      'Votre clé de sécurité est verrouillée, car un code PIN incorrect a été saisi trop de fois. Elle doit être réinitialisée.',
    insertAgain: 'La réinsérer',
    unfamiliarKey: "Cette clé de sécurité n'est pas reconnue. Essayez-en une autre.",
    webSignIn:
      "La connexion web se fait à l'écran de verrouillage, si une stratégie l'autorise : Authentication/EnableWebSignIn.",
    accessPassAbout:
      "Passe d'accès temporaire : entrez d'abord votre adresse e-mail. Il est ensuite proposé à qui en a un.",
    accessPass: "Passe d'accès temporaire",
    useAccessPass: "Utiliser plutôt un passe d'accès temporaire",
    forgot: "J'ai oublié mon mot de passe",
    resetTitle: "Récupérer l'accès à votre compte",
    resetAbout:
      "Ici, Microsoft Entra demande une preuve d'identité et définit un nouveau mot de passe, si l'école l'autorise. Cela n'est pas simulé : demandez à un administrateur de réinitialiser le mot de passe.",
    otherAccount: 'Recommencer avec un autre compte',
    updatePassword: 'Mettre à jour votre mot de passe',
    updateWhy:
      "Vous devez mettre à jour votre mot de passe, car c'est votre première connexion ou car votre mot de passe a expiré.",
    newPassword: 'Nouveau mot de passe',
    confirmPassword: 'Confirmer le mot de passe',
    differentPasswords: 'Les deux mots de passe sont différents.',
    weakPassword: 'Choisissez un mot de passe plus difficile à deviner.',
    50053:
      'Votre compte est temporairement verrouillé pour empêcher une utilisation non autorisée. Réessayez plus tard.',
    50055: 'Votre mot de passe a expiré.',
    50057: 'Votre compte a été désactivé.',
    50072: "Votre organisation exige une deuxième preuve de votre identité. Configurez-la d'abord.",
    50074: 'Votre organisation exige une autre preuve de votre identité.',
    50076: 'Votre organisation exige une autre preuve de votre identité.',
    50105: "Vous n'êtes pas affecté à cette application.",
    50144: 'Votre mot de passe a expiré. Votre organisation doit en définir un nouveau.',
    53000: "Votre organisation n'accepte que les appareils conformes à ses stratégies. Celui-ci ne l'est pas encore.",
    53003:
      "Votre connexion a réussi, mais ne remplit pas les critères d'accès à cette ressource. Par exemple, vous vous connectez depuis un navigateur, une application, un emplacement ou un flux d'authentification que votre administrateur a restreint.",
    90033: 'Un service est temporairement indisponible. Réessayez plus tard.',
    135010: "Cette clé de sécurité n'est inscrite pour aucun compte de votre organisation.",
    135016: "Votre organisation n'autorise pas la connexion avec une clé de sécurité.",
  },
  phoneProof: {
    title: 'Vérifiez votre identité',
    enterNumber: "Ouvrez l'application Authenticator et entrez le numéro affiché pour vous connecter.",
    denied: 'La demande a été refusée ou est restée sans réponse.',
    sendAnother: 'Envoyer une autre demande',
    secure: 'Protégez votre compte',
    moreInformation: 'Informations supplémentaires requises',
    getApp:
      "Votre organisation exige une application d'authentification sur un téléphone. Commencez par télécharger l'application.",
  },
  deviceJoin: {
    terms: "Conditions d'utilisation",
    moreLines: '{count} lignes de plus',
    noTerms: "Les conditions d'utilisation MDM de votre organisation sont inaccessibles.",
  },
  errorPage: {
    communication:
      "Erreur de communication avec le serveur. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    authentication:
      "Problème d'authentification de votre compte ou appareil. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    notAuthorized:
      "Cet utilisateur n'est pas autorisé à s'inscrire. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    certificate:
      "Erreur de certificat. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    inProgress:
      "Une autre inscription est en cours. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    alreadyEnrolled:
      "Cet appareil est déjà inscrit. Contactez votre administrateur système avec le code d'erreur {code}.",
    tooMany:
      "Il semble y avoir trop d'appareils ou d'utilisateurs pour ce compte. Contactez votre administrateur système avec le code d'erreur {code}.",
    notSupported:
      "Cette fonctionnalité n'est pas prise en charge. Contactez votre administrateur système avec le code d'erreur {code}.",
    notAccepted:
      "Le serveur n'a pas accepté la demande. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    maintenance:
      "Le service est en maintenance. Réessayez plus tard ou contactez votre administrateur système avec le code d'erreur {code}.",
    licence:
      "Erreur liée à votre licence. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    wrongConfiguration:
      "Le serveur ne semble pas correctement configuré. Réessayez ou contactez votre administrateur système avec le code d'erreur {code}.",
    termsOfUse:
      "Votre organisation exige que vous acceptiez les conditions d'utilisation. Réessayez ou demandez plus d'informations à votre support.",
    notTrusted:
      "Le serveur contacté n'est pas approuvé. Contactez votre administrateur système avec le code d'erreur {code}.",
    restartNeeded: "Un redémarrage est nécessaire pour terminer l'inscription de l'appareil.",
    invalidCertificate:
      "Vous semblez avoir un certificat non valide. Contactez votre administrateur système avec le code d'erreur {code}.",
    serverCode: "Code d'erreur du serveur : {code}",
    correlationId: 'ID de corrélation : {id}',
    serverMessage: 'Message du serveur : {message}',
    notAvailable: 'Non disponible',
    moreInformation: "Plus d'informations : https://www.microsoft.com/mdmerrors",
    attestationTimedOut: "Un problème est survenu et l'attestation du TPM a expiré.",
  },
} as const
