import {
  codeOfHttpStatus,
  codeOfSigned,
  isHttpStatusCode,
  isSyncmlStatusCode,
  signedOfSystemError,
} from '../windows-codes.ts'
import type { Explanation } from './explanation.ts'

/** Names and meanings of system errors and results of msiexec that are met in a first boot. */
const SYSTEM: Readonly<Record<number, readonly [name: string, why: string, help: string]>> = {
  2: [
    'ERROR_FILE_NOT_FOUND',
    'A file is not there.',
    'Look at the command line of the app and at the files of its package.',
  ],
  3: ['ERROR_PATH_NOT_FOUND', 'A folder is not there.', 'Look at the command line of the app.'],
  5: ['ERROR_ACCESS_DENIED', 'Access is denied.', 'Install the app in the context of the system, not of the person.'],
  32: ['ERROR_SHARING_VIOLATION', 'Another program uses the file.', 'Try again after a restart.'],
  87: ['ERROR_INVALID_PARAMETER', 'A parameter is not valid.', 'Look at the command line of the app.'],
  112: ['ERROR_DISK_FULL', 'The disk is full.', 'Make room on the disk.'],
  1223: ['ERROR_CANCELLED', 'A person cancelled it.', 'Try again.'],
  1601: ['ERROR_INSTALL_SERVICE_FAILURE', 'The Windows Installer service cannot be reached.', 'Restart the device.'],
  1602: ['ERROR_INSTALL_USEREXIT', 'A person cancelled the installation.', 'Install the app silently.'],
  1603: ['ERROR_INSTALL_FAILURE', 'The installation failed.', 'Look at the log of msiexec.'],
  1612: ['ERROR_INSTALL_SOURCE_ABSENT', 'The source of the installation is not there.', 'Upload the package again.'],
  1618: [
    'ERROR_INSTALL_ALREADY_RUNNING',
    'Another installation is running.',
    'Do not mix line-of-business apps and Win32 apps on the status page.',
  ],
  1619: ['ERROR_INSTALL_PACKAGE_OPEN_FAILED', 'The package cannot be opened.', 'Upload the package again.'],
  1633: [
    'ERROR_INSTALL_PLATFORM_UNSUPPORTED',
    'The package is for another processor.',
    'Take the package for the processor of the device.',
  ],
  1638: ['ERROR_PRODUCT_VERSION', 'Another version of the product is installed.', 'Remove the other version first.'],
  1641: ['ERROR_SUCCESS_REBOOT_INITIATED', 'It was installed, and a restart has begun.', 'Nothing.'],
  3010: [
    'ERROR_SUCCESS_REBOOT_REQUIRED',
    'It was installed, and needs a restart.',
    'Nothing: the restart comes at the end of Device setup.',
  ],
}

export const SYSTEM_EXPLANATIONS: readonly Explanation[] = Object.entries(SYSTEM).map(
  ([number, [name, why, help]]): Explanation => ({
    family: 'system',
    code: codeOfSigned(signedOfSystemError(Number(number))),
    also: [number, name],
    causes: [{ why, source: `System error codes, ${name} [L]` }],
    pages: ['enrollmentStatusFailure'],
    seen: 'the result of an installation',
    help,
  }),
)

const STATUSES: Readonly<Record<number, readonly [why: string, help: string]>> = {
  401: ['The server asks who it is.', 'Sign in again; a proxy that asks for a sign-in answers 407.'],
  403: ['The server refuses.', 'Look at the log of the server, and at a filter on the way.'],
  407: ['A proxy asks for a sign-in, and a first boot has none.', 'Let the device pass the proxy without a sign-in.'],
  408: ['The server waited too long for the request.', 'Try again.'],
  429: ['The server has too many requests.', 'Try again later.'],
  500: ['The server failed.', 'Look at the log of the server.'],
  502: ['A gateway got no good answer from the server behind it.', 'Try again later; look at the gateway.'],
  503: ['The server is not available.', 'Try again later.'],
  504: ['A gateway waited too long for the server behind it.', 'Try again later; look at the gateway.'],
}

const ofClass = (status: number): readonly [why: string, help: string] =>
  STATUSES[status] ??
  (status >= 500
    ? ['The server failed.', 'Look at the log of the server.']
    : ['The server did not take the request.', 'Look at the address, and at the log of the server.'])

export const HTTP_EXPLANATIONS: readonly Explanation[] = Object.keys(STATUSES).map((status) =>
  httpStatus(Number(status)),
)

function httpStatus(status: number): Explanation {
  const [why, help] = ofClass(status)
  return {
    family: 'http',
    code: codeOfHttpStatus(status),
    also: [`HTTP ${status}`],
    causes: [{ where: `HTTP status ${status}`, why, source: 'oobe-autopilot-esp.md, 4.9 [U]' }],
    pages: ['enrollment', 'tpmAttestation', 'enrollmentStatusFailure'],
    help,
  }
}

const LOW_WORD = 0xffff

/** What the digits of a Windows code say where no table has it. */
export function byNumber(code: string): Explanation | undefined {
  const low = Number.parseInt(code, 16) & LOW_WORD
  if (isHttpStatusCode(code) && low >= 400 && low <= 599) return httpStatus(low)
  if (isSyncmlStatusCode(code)) return isStatus(low) ? syncmlStatus(code, low) : ofClient(code)
  if (code !== codeOfSigned(signedOfSystemError(low))) return undefined
  return {
    family: 'system',
    code,
    also: [String(low)],
    causes: [
      { why: `Error ${low} of the system: no source tells more of a first boot.`, source: 'System error codes [L]' },
    ],
    pages: [],
    seen: `"net helpmsg ${low}" on a Windows device has its text`,
    help: 'Look at what was under way when it appeared.',
  }
}

/** Statuses that SyncML defines: 200 to 216, 400 to 425, 500 to 516. */
const isStatus = (low: number): boolean =>
  (low >= 200 && low <= 216) || (low >= 400 && low <= 425) || (low >= 500 && low <= 516)

const syncmlStatus = (code: string, status: number): Explanation => ({
  family: 'syncml',
  code,
  causes: [
    {
      why: `The device answered a command of the server with the SyncML status ${status}.`,
      source: 'mdm-protocols.md, 2.6',
    },
  ],
  pages: ['enrollmentStatusFailure'],
  seen: 'reports of policies in Intune',
  help: 'Look at the command and its node: "oobe show RUN --wire".',
})

const ofClient = (code: string): Explanation => ({
  family: 'syncml',
  code,
  causes: [
    {
      why: 'A code of a management agent or of an app: no source tells more.',
      source: 'mdm-protocols.md, 2.6 [U]',
    },
  ],
  pages: ['enrollmentStatusFailure'],
  help: 'Look at the log of the agent.',
})
