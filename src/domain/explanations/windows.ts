import type { PageId } from '../pages.ts'
import { ATTESTATION_CODES } from '../windows-codes/attestation.ts'
import { CONNECTION_CODES } from '../windows-codes/connection.ts'
import { ENROLLMENT_CODES } from '../windows-codes/enrollment.ts'
import { FURTHER_CODES } from '../windows-codes/further.ts'
import { HELLO_CODES } from '../windows-codes/hello.ts'
import { JOIN_CODES } from '../windows-codes/join.ts'
import { MANAGEMENT_CODES } from '../windows-codes/management.ts'
import { SIGN_IN_CODES } from '../windows-codes/sign-in.ts'
import { UPDATE_CODES } from '../windows-codes/updates.ts'
import type { WindowsCode } from '../windows-codes/windows-code.ts'
import { httpStatusIn, isConnectionCode, isEnrollmentCode, isHttpStatusCode } from '../windows-codes.ts'
import { ENROLLMENT_HELP } from './enrollment-help.ts'
import type { Explanation, Help } from './explanation.ts'
import {
  ATTESTATION_HELP,
  CONNECTION_HELP,
  HELLO_HELP,
  JOIN_HELP,
  MANAGEMENT_HELP,
  SIGN_IN_HELP,
  UPDATE_HELP,
} from './windows-help.ts'

function group<Key extends string>(
  codes: Readonly<Record<Key, WindowsCode>>,
  helps: Readonly<Record<Key, Help>>,
  pages: readonly PageId[],
): Explanation[] {
  return (Object.keys(codes) as Key[]).map((key) => {
    const { code, causes } = codes[key]
    const help: Help = helps[key]
    const also = isHttpStatusCode(code) ? [`HTTP ${httpStatusIn(code)}`] : []
    return { family: 'windows', code, also, causes, pages: help.pages ?? pages, help: help.help }
  })
}

/** Every page that asks a server. */
const ASKING: readonly PageId[] = [
  ...(['connectivity', 'criticalUpdates', 'autopilotProfile', 'signIn', 'tpmAttestation', 'deviceJoin'] as const),
  ...(['enrollment', 'enrollmentStatusFailure', 'qualityUpdates'] as const),
]

/** What pages a code can be on that the product does not give: by its family. */
function pagesOf(code: string): readonly PageId[] {
  if (isConnectionCode(code)) return ASKING
  if (isEnrollmentCode(code)) return ['enrollment']
  if (!code.startsWith('0x')) return ['signIn']
  return JOINS.test(code) ? ['deviceJoin'] : []
}

const JOINS = /^0x801c/

export const WINDOWS_EXPLANATIONS: readonly Explanation[] = [
  ...group(CONNECTION_CODES, CONNECTION_HELP, ASKING),
  ...group(SIGN_IN_CODES, SIGN_IN_HELP, ['signIn', 'welcome']),
  ...group(JOIN_CODES, JOIN_HELP, ['deviceJoin']),
  ...group(HELLO_CODES, HELLO_HELP, ['hello']),
  ...group(ENROLLMENT_CODES, ENROLLMENT_HELP, ['enrollment']),
  ...group(ATTESTATION_CODES, ATTESTATION_HELP, ['tpmAttestation']),
  ...group(MANAGEMENT_CODES, MANAGEMENT_HELP, []).map(
    (one): Explanation =>
      one.pages.length > 0 ? one : { ...one, seen: 'a management session: the answer to a command' },
  ),
  ...group(UPDATE_CODES, UPDATE_HELP, ['criticalUpdates', 'qualityUpdates']),
  ...FURTHER_CODES.map(
    ({ code, causes, help }): Explanation => ({ family: 'windows', code, causes, pages: pagesOf(code), help }),
  ),
]
