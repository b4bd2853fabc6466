import { CODE, codeOfSigned, signedOfSystemError } from '../windows-codes.ts'
import type { Fault, FaultFacts } from './fault.ts'

const row = (name: string, about: string, code: string, facts: FaultFacts, source: string, says?: string): Fault => ({
  name: `app-${name}`,
  family: 'app',
  about,
  help: 'Trying again does the same. The administrator mends the app, or takes it out of the assignment.',
  base: 'wifi',
  bites: { fromStart: 'enrollmentStatus' },
  facts,
  page: 'enrollmentStatusFailure',
  code,
  ...(says === undefined ? {} : { says }),
  recovery: { by: 'none' },
  ends: 'failed',
  source,
})

/** Results of msiexec and of the system, by what a fault with one is called. */
const RESULTS: Readonly<Record<number, readonly [name: string, about: string]>> = {
  2: ['file-missing', 'The installer does not find one of its files.'],
  3: ['folder-missing', 'The installer does not find its folder.'],
  5: ['access-denied', 'The installer is denied access.'],
  32: ['file-in-use', 'Another program uses a file of the installer.'],
  87: ['bad-parameter', 'The command line of the installer has a parameter that it does not know.'],
  112: ['disk-full', 'The disk is full.'],
  1223: ['cancelled', 'The installer says that a person cancelled it.'],
  1601: ['installer-service-missing', 'The Windows Installer service cannot be reached.'],
  1602: ['needs-a-person', 'The installer asks a person, and ends without one.'],
  1603: ['installation-failed', 'The installer fails.'],
  1612: ['source-missing', 'The source of the installation is not there.'],
  1618: ['another-installation-running', 'Another installation is running.'],
  1619: ['package-not-opened', 'The package cannot be opened.'],
  1625: ['forbidden-by-policy', 'A policy of the system forbids the installation.'],
  1633: ['for-another-processor', 'The package is for another processor.'],
  1638: ['other-version-installed', 'Another version of the product is installed.'],
}

export const APP_FAULTS: readonly Fault[] = [
  ...Object.entries(RESULTS).map(([exitCode, [name, about]]) =>
    row(
      name,
      about,
      codeOfSigned(signedOfSystemError(Number(exitCode))),
      { app: { exitCode: Number(exitCode) } },
      'oobe-autopilot-esp.md, 4.9 [F]',
    ),
  ),
  row(
    'not-detected',
    'The app is installed, and its detection rule does not find it.',
    CODE.appNotDetected,
    { app: { isDetected: false } },
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  row(
    'not-allowed-on-se',
    'Windows 11 SE does not allow the app.',
    CODE.appNotAllowedOnSe,
    { app: { name: 'Contoso Editor', publisher: 'Contoso' } },
    'oobe-autopilot-esp.md, 4.9 [D]',
  ),
  row(
    'installs-for-too-long',
    'The installation takes longer than its job allows.',
    CODE.timedOut,
    { app: { installSeconds: 7_200, timeoutMinutes: 30 } },
    'mdm-protocols.md, 3.5 [U]',
    `Apps: ${CODE.timedOut}`,
  ),
  row(
    'msix-not-installed',
    'The MSIX package cannot be installed.',
    CODE.msixInstallationFailed,
    { app: { kind: 'msix', exitCode: 1 } },
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  row(
    'win32-fails',
    'A Win32 app of the management extension fails.',
    CODE.unspecifiedError,
    { app: { kind: 'win32', exitCode: 1603 } },
    'oobe-autopilot-esp.md, 4.9 [U]',
    'Apps: Error',
  ),
  row(
    'win32-not-detected',
    'A Win32 app is installed, and its detection rule does not find it.',
    CODE.appNotDetected,
    { app: { kind: 'win32', isDetected: false } },
    'oobe-autopilot-esp.md, 4.9 [F]',
    `Apps: ${CODE.appNotDetected}`,
  ),
  {
    ...row(
      'package-changed-on-the-way',
      'The package arrives with another content than the server named.',
      CODE.hashMismatch,
      {},
      'mdm-protocols.md, 1.3 [U]',
    ),
    bites: { requests: ['content download'], on: ['enrollmentStatus'] },
    does: { corrupt: true, times: 50 },
  },
  {
    ...row(
      'download-broken-off',
      'The download of an app is broken off.',
      CODE.connectionAborted,
      {},
      'mdm-protocols.md, 1.3 [U]',
    ),
    help: 'The person presses Try again, and the app is downloaded again.',
    bites: { requests: ['content download'], on: ['enrollmentStatus'] },
    does: { drop: true },
    recovery: { by: 'person', press: 'tryAgain' },
    ends: 'asBefore',
  },
]
