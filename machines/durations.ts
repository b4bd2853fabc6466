/** How certain a duration is, in the tags of `TextTag`; `own` is one that only this simulation has. */
export interface Duration {
  tag: 'D' | 'S' | 'F' | 'M' | 'B' | 'C' | 'U' | 'own'
  about: string
  /** Section of oobe-autopilot-esp.md, where one speaks of it. */
  source?: string
}

/** Every fixed delay of the statecharts, by chart and name. The chart has the number. */
export const DURATIONS: Readonly<Record<string, Duration>> = {
  'accountSetup.untilRestart': { tag: 'U', about: 'how long the page is shown before the restart' },
  'attestationTries.retryWait': { tag: 'U', about: 'until a request that was answered with 400 is made again' },
  'attestationTries.tpmWait': { tag: 'U', about: 'until Windows gives up on a TPM that is not ready' },
  'connectivity.nextProbe': { tag: 'U', about: 'between two tests of the internet connection' },
  'criticalUpdates.notice': { tag: 'U', about: 'how long the restart is announced', source: '1.1' },
  'deviceSetup.untilRestart': { tag: 'U', about: 'how long the page is shown before the restart' },
  'deviceName.untilRestart': { tag: 'U', about: 'how long the page is shown before the restart' },
  'domainJoin.blobLimit': { tag: 'U', about: 'until the wait for the offline domain join blob ends', source: '2.7' },
  'domainJoin.nextSync': { tag: 'U', about: 'between two sessions while the blob is waited for' },
  'domainJoin.untilRestart': { tag: 'U', about: 'how long the page is shown before the restart' },
  'enrollmentStatus.firstSession': { tag: 'U', about: 'how long the page waits for a first management session' },
  'enrollmentStatus.nextLook': { tag: 'own', about: 'until the page sees what the server has written' },
  'firstLogon.gettingReady': { tag: 'U', about: 'how long "Getting things ready for you" is shown', source: '1.8' },
  'firstLogon.hi': { tag: 'U', about: 'how long "Hi" is shown', source: '1.8' },
  'hybridJoin.nextTry': { tag: 'U', about: 'between two tries to register the computer' },
  'hybridJoin.registrationLimit': { tag: 'U', about: 'until the wait for the registration ends', source: '9' },
  'kioskSignIn.signInTakes': { tag: 'U', about: 'how long the sign-in of a new account of a kiosk takes' },
  'management.untilReport': { tag: 'U', about: 'until the session that reports an installation' },
  'naming.untilRestart': { tag: 'U', about: 'how long the page is shown before the restart' },
  'oobe.laterApps': { tag: 'own', about: 'how long required apps are watched after the page' },
  'oobe.untilNextUser': { tag: 'own', about: 'how long the first person works before the next one comes' },
  'oobe.wiredProbe': { tag: 'U', about: 'how long a cable may hold back the first page' },
  'packageDownload.networkWait': { tag: 'U', about: 'until a download without a network looks for one' },
  'preparationPolicy.firstSession': { tag: 'U', about: 'how long a device preparation policy is waited for' },
  'phoneProof.untilNextPoll': { tag: 'F', about: 'between two questions of the sign-in page', source: '1.6' },
  'powerOn.logo': { tag: 'U', about: 'how long the logo is shown', source: '1.3' },
  'powerOn.rest': { tag: 'U', about: 'how long "Updates are underway" is shown after the restart', source: '1.1' },
  'resetting.resetTakes': { tag: 'C', about: 'how long a reset takes: 35 of 30 to 45 minutes', source: '9' },
  'signIn.sessionLifetime': { tag: 'M', about: 'until the sign-in times out', source: '1.6' },
  'updateSteps.restartPart': { tag: 'U', about: 'a quarter of "Preparing to restart"', source: '1.1' },
  'welcome.greeting': { tag: 'U', about: 'how long the greeting is shown' },
  'windowsRestore.restoreTakes': { tag: 'U', about: 'how long settings are restored', source: '1.11' },
}
