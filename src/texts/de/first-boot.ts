/** From power-on to the join. */
export const FIRST_BOOT = {
  common: {
    justAMoment: 'Einen Moment bitte…',
    back: 'Zurück',
    yes: 'Ja',
    next: 'Weiter',
    skip: 'Überspringen',
    accept: 'Annehmen',
    cancel: 'Abbrechen',
    connect: 'Verbinden',
    tryAgain: 'Erneut versuchen',
    startOver: 'Neu beginnen',
    signIn: 'Anmelden',
    password: 'Kennwort',
    reset: 'Gerät zurücksetzen',
    somethingWentWrong: 'Es ist ein Problem aufgetreten.',
    notSignedIn: 'Die Anmeldung ist fehlgeschlagen. Sie können es erneut versuchen.',
  },
  powerOn: {
    underway: 'Updates werden durchgeführt',
    keepOn: 'Lassen Sie das Gerät eingeschaltet.',
  },
  language: {
    title: 'Welche Sprache möchten Sie verwenden?',
    detail: 'Windows, Apps und diese Einrichtung verwenden sie.',
    choice: 'Sprache',
  },
  region: {
    title: 'Ist dies das richtige Land oder die richtige Region?',
    choice: 'Land oder Region',
  },
  recovery: {
    title: 'Richten wir Ihr Gerät noch einmal ein',
    detail: 'Die Einrichtung wurde mehrmals neu gestartet. Wählen Sie hier Sprache, Region und Tastatur.',
  },
  keyboard: {
    title: 'Ist dies das richtige Tastaturlayout oder die richtige Eingabemethode?',
    detail: 'Ein weiteres Tastaturlayout können Sie als Nächstes hinzufügen.',
    choice: 'Tastaturlayout',
  },
  secondKeyboard: {
    title: 'Möchten Sie ein zweites Tastaturlayout hinzufügen?',
    isSetUp:
      '{layout} ist eingerichtet. Sie können jetzt oder später in den Einstellungen ein weiteres Layout hinzufügen.',
    addLayout: 'Layout hinzufügen',
    choosing: 'Wählen Sie ein Tastaturlayout, das hinzugefügt wird',
  },
  network: {
    title: 'Verbinden wir Sie mit einem Netzwerk',
    detail: 'Um die Einrichtung fortzusetzen, benötigen Sie eine Internetverbindung.',
    choice: 'WLAN-Netzwerke',
    none: 'Keine WLAN-Netzwerke gefunden. Schließen Sie ein Netzwerkkabel an, oder schalten Sie WLAN ein.',
    key: 'Netzwerksicherheitsschlüssel eingeben',
    connecting: 'Verbindung mit {ssid} wird hergestellt',
    connected: '{ssid} — verbunden, gesichert',
    connectedOpen: '{ssid} — verbunden, offen',
    hidden: 'Ausgeblendetes Netzwerk',
    name: 'Namen (SSID) des Netzwerks eingeben',
    user: 'Benutzername',
    wireClosed: 'Ethernet: Dieses Netzwerk verlangt eine Authentifizierung, die die Einrichtung nicht unterstützt.',
    wrongKey:
      'Es kann keine Verbindung mit diesem Netzwerk hergestellt werden: Der Netzwerksicherheitsschlüssel ist falsch.',
    wrongCredentials:
      'Es kann keine Verbindung mit diesem Netzwerk hergestellt werden: Benutzername oder Kennwort ist falsch.',
    outOfRange: 'Es kann keine Verbindung mit diesem Netzwerk hergestellt werden: Es ist außer Reichweite.',
    unsupported: 'Dieses Netzwerk verlangt ein Zertifikat oder eine Smartcard. Die Einrichtung unterstützt das nicht.',
    open: 'Offen',
    'wpa2-psk': 'Gesichert',
    'wpa3-sae': 'Gesichert, WPA3',
    'wpa2-enterprise': 'Gesichert, Unternehmen',
    'wpa3-enterprise': 'Gesichert, WPA3 Unternehmen',
  },
  connectivity: {
    checking: 'Die Internetverbindung wird überprüft',
    portal: 'Dieses Netzwerk verlangt eine Anmeldung',
    acceptTerms: 'Nehmen Sie die Bedingungen dieses Netzwerks an, um ins Internet zu gelangen.',
    acceptAndConnect: 'Annehmen und verbinden',
    changeNetwork: 'Anderes Netzwerk wählen',
    offline: 'In diesem Netzwerk gibt es keine Internetverbindung.',
  },
  criticalUpdates: {
    checking: 'Es wird nach Updates gesucht',
    installing: 'Gute Dinge sind auf dem Weg zu Ihnen',
    restarts: 'Ihr Gerät wird neu gestartet',
    whyRestart: 'Die Updates erfordern das. Danach wird die Einrichtung fortgesetzt.',
  },
  autopilotProfile: {
    looking: 'Ihre Organisation wird gesucht',
    stillLooking: 'Ihre Organisation wird noch gesucht (Versuch {attempts})',
  },
  naming: {
    title: 'Ihr Gerät wird eingerichtet',
    name: 'Ihr Gerät erhält den Namen {name}.',
    restarts: 'Es wird gleich neu gestartet.',
  },
  licenseTerms: {
    title: 'Lesen Sie den Lizenzvertrag',
    terms: 'Microsoft-Software-Lizenzbedingungen',
    detail: 'Der Text der Bedingungen gehört nicht zur Simulation.',
  },
  deviceName: {
    title: 'Geben wir Ihrem Gerät einen Namen',
    detail: 'Wählen Sie einen eindeutigen Namen, den man leicht erkennt.',
    refused: 'Höchstens 15 Buchstaben, Ziffern und Bindestriche, und nicht nur Ziffern.',
    name: 'Gerätename',
    skip: 'Vorerst überspringen',
    restarts: 'Es wird gleich neu gestartet.',
  },
  deviceUsage: {
    title: 'Wie möchten Sie dieses Gerät einrichten?',
    choice: 'Verwendung des Geräts',
    personal: 'Für persönliche Verwendung einrichten',
    workOrSchool: 'Für Arbeit, Schule oder Uni einrichten',
  },
  signIn: {
    work: 'Richten wir das Gerät für Arbeit, Schule oder Uni ein',
    personal: 'Fügen wir Ihr Microsoft-Konto hinzu',
    email: 'Anmelden',
    hint: 'jemand@example.com',
    password: 'Kennwort eingeben',
    passwordAt: 'Bei {page} anmelden',
    unknownAccount: 'Wir konnten kein Konto mit diesem Benutzernamen finden.',
    wrongPassword: 'Ihr Konto oder Kennwort ist falsch.',
    timedOut: 'Ihre Anmeldung hat zu lange gedauert. Melden Sie sich erneut an.',
    otherOrganization:
      'Dieser Benutzername gehört anscheinend zu einer anderen Organisation. Melden Sie sich erneut an, oder beginnen Sie mit einem anderen Konto.',
    options: 'Anmeldeoptionen',
    securityKey: 'Mit einem Sicherheitsschlüssel anmelden',
    insertKey: 'Stecken Sie den Sicherheitsschlüssel in den USB-Anschluss, und geben Sie seine PIN ein.',
    keyChoice: 'Sicherheitsschlüssel',
    keyPin: 'PIN des Sicherheitsschlüssels',
    wrongPin: 'Diese PIN ist nicht richtig. Versuchen Sie es noch einmal.',
    heldKey:
      'Sie haben zu oft eine falsche PIN eingegeben. Ziehen Sie den Sicherheitsschlüssel heraus, und stecken Sie ihn wieder ein.',
    lockedKey:
      'Ihr Sicherheitsschlüssel ist gesperrt, weil zu oft eine falsche PIN eingegeben wurde. Er muss zurückgesetzt werden.',
    insertAgain: 'Wieder einstecken',
    unfamiliarKey: 'Dieser Sicherheitsschlüssel ist nicht bekannt. Versuchen Sie es mit einem anderen.',
    webSignIn:
      'Die Webanmeldung gibt es am Sperrbildschirm, wo eine Richtlinie sie erlaubt: Authentication/EnableWebSignIn.',
    accessPassAbout:
      'Befristeter Zugriffspass: Geben Sie zuerst Ihre E-Mail-Adresse ein. Wer einen hat, dem wird er dann angeboten.',
    accessPass: 'Befristeter Zugriffspass',
    useAccessPass: 'Stattdessen einen befristeten Zugriffspass verwenden',
    forgot: 'Kennwort vergessen',
    resetTitle: 'Zugriff auf Ihr Konto wiederherstellen',
    resetAbout:
      'Hier verlangt Microsoft Entra einen Identitätsnachweis und legt ein neues Kennwort fest, wo die Schule es erlaubt. Das wird nicht simuliert: Lassen Sie einen Administrator das Kennwort zurücksetzen.',
    otherAccount: 'Mit einem anderen Konto neu beginnen',
    updatePassword: 'Kennwort aktualisieren',
    updateWhy:
      'Sie müssen Ihr Kennwort aktualisieren, weil Sie sich zum ersten Mal anmelden oder weil Ihr Kennwort abgelaufen ist.',
    newPassword: 'Neues Kennwort',
    confirmPassword: 'Kennwort bestätigen',
    differentPasswords: 'Die beiden Kennwörter stimmen nicht überein.',
    weakPassword: 'Wählen Sie ein Kennwort, das schwerer zu erraten ist.',
    50053: 'Ihr Konto ist vorübergehend gesperrt, um unbefugte Nutzung zu verhindern. Versuchen Sie es später erneut.',
    50055: 'Ihr Kennwort ist abgelaufen.',
    50057: 'Ihr Konto wurde deaktiviert.',
    50072: 'Ihre Organisation verlangt einen zweiten Identitätsnachweis. Richten Sie ihn zuerst ein.',
    50074: 'Ihre Organisation verlangt einen weiteren Identitätsnachweis.',
    50076: 'Ihre Organisation verlangt einen weiteren Identitätsnachweis.',
    50105: 'Sie sind dieser Anwendung nicht zugewiesen.',
    50144: 'Ihr Kennwort ist abgelaufen. Ihre Organisation muss ein neues festlegen.',
    53000: 'Ihre Organisation lässt nur Geräte zu, die ihre Richtlinien erfüllen. Dieses erfüllt sie noch nicht.',
    53003:
      'Ihre Anmeldung war erfolgreich, erfüllt aber nicht die Kriterien für den Zugriff auf diese Ressource. Zum Beispiel melden Sie sich mit einem Browser, einer App, von einem Ort oder auf einem Weg an, den Ihr Administrator eingeschränkt hat.',
    90033: 'Ein Dienst ist vorübergehend nicht verfügbar. Versuchen Sie es später erneut.',
    135010: 'Dieser Sicherheitsschlüssel ist für kein Konto Ihrer Organisation registriert.',
    135016: 'Ihre Organisation lässt die Anmeldung mit einem Sicherheitsschlüssel nicht zu.',
  },
  phoneProof: {
    title: 'Identität bestätigen',
    enterNumber: 'Öffnen Sie die Authenticator-App, und geben Sie die angezeigte Zahl ein, um sich anzumelden.',
    denied: 'Die Anforderung wurde abgelehnt oder nicht beantwortet.',
    sendAnother: 'Neue Anforderung senden',
    secure: 'Sorgen Sie für die Sicherheit Ihres Kontos',
    moreInformation: 'Weitere Informationen erforderlich',
    getApp:
      'Ihre Organisation verlangt eine Authentifizierungs-App auf einem Telefon. Beginnen Sie, indem Sie die App herunterladen.',
  },
  deviceJoin: {
    terms: 'Nutzungsbedingungen',
    moreLines: '{count} weitere Zeilen',
    noTerms: 'Die MDM-Nutzungsbedingungen Ihrer Organisation sind nicht erreichbar.',
  },
  errorPage: {
    communication:
      'Fehler bei der Kommunikation mit dem Server. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    authentication:
      'Problem bei der Authentifizierung Ihres Kontos oder Geräts. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    notAuthorized:
      'Dieser Benutzer ist nicht zur Registrierung berechtigt. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    certificate:
      'Zertifikatfehler. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    inProgress:
      'Eine andere Registrierung wird ausgeführt. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    alreadyEnrolled:
      'Dieses Gerät ist bereits registriert. Wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    tooMany:
      'Für dieses Konto gibt es anscheinend zu viele Geräte oder Benutzer. Wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    notSupported:
      'Dieses Feature wird nicht unterstützt. Wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    notAccepted:
      'Der Server hat die Anforderung nicht akzeptiert. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    maintenance:
      'Der Dienst wird gewartet. Versuchen Sie es später erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    licence:
      'Fehler bei Ihrer Lizenz. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    wrongConfiguration:
      'Der Server ist anscheinend nicht richtig konfiguriert. Versuchen Sie es erneut, oder wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    termsOfUse:
      'Ihre Organisation verlangt, dass Sie den Nutzungsbedingungen zustimmen. Versuchen Sie es erneut, oder bitten Sie Ihren Support um weitere Informationen.',
    notTrusted:
      'Der Server ist nicht vertrauenswürdig. Wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    restartNeeded: 'Ein Neustart ist erforderlich, um die Geräteregistrierung abzuschließen.',
    invalidCertificate:
      'Sie haben anscheinend ein ungültiges Zertifikat. Wenden Sie sich mit dem Fehlercode {code} an Ihren Systemadministrator.',
    serverCode: 'Serverfehlercode: {code}',
    correlationId: 'Korrelations-ID: {id}',
    serverMessage: 'Servernachricht: {message}',
    notAvailable: 'Nicht verfügbar',
    moreInformation: 'Weitere Informationen: https://www.microsoft.com/mdmerrors',
    attestationTimedOut: 'Es ist ein Problem aufgetreten, und der TPM-Nachweis hat zu lange gedauert.',
  },
} as const
