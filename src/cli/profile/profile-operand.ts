import { existsSync, statSync } from 'node:fs'
import { safeText } from '../../domain/safe-text.ts'
import { DecodeError, UserError } from '../../domain/trouble.ts'
import { type ConfigurationFile, readConfigurationFile } from '../../protocols/autopilot/configuration-file.ts'
import { decodeAnsi } from '../../protocols/autopilot-csv/ansi.ts'
import { parseJsonObject } from '../../protocols/json.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { bytesOfStandardInput } from '../standard-input.ts'

/** A value of `CloudAssignedOobeConfig`, and of a file what Windows makes of the whole. */
export interface NamedProfile {
  value: number
  file?: { name: string; read: ConfigurationFile }
}

const BYTES_MAX = 1024 * 1024
const U32_MAX = 0xffff_ffff
const MEMBER = 'CloudAssignedOobeConfig'

/**
 * What an operand means: a number, a file with a profile, or `-` for standard input. Codes: `ERR_BAD_ARGUMENTS`, `ERR_NOT_FOUND`,
 * `ERR_NOT_READABLE`, `ERR_FILE_TOO_LARGE`, `ERR_PROFILE_MALFORMED`.
 */
export async function readProfile(operand: string): Promise<NamedProfile> {
  if (operand === '-') return profileIn('standard input', await bytesOfStandardInput(BYTES_MAX))
  if (existsSync(operand)) return profileIn(operand, bytesOfFile(operand))
  if (/^[+-]?(\d|0x)/i.test(operand)) return { value: numberIn(operand) }
  const shown = operand.length > 60 ? `${operand.slice(0, 60)}…` : operand
  throw new UserError('ERR_NOT_FOUND', `there is no file "${shown}", and it is no number`, [
    `a value of ${MEMBER}, such as 1310, or a file with a profile`,
  ])
}

function numberIn(text: string): number {
  const value = /^(\d{1,10}|0x[0-9a-f]{1,8})$/i.test(text) ? Number(text) : Number.NaN
  if (value <= U32_MAX) return value
  throw new UserError('ERR_BAD_ARGUMENTS', `"${text.slice(0, 60)}" is no value of ${MEMBER}`, [
    'a whole number of 32 bits, such as 1310 or 0x51e',
  ])
}

function bytesOfFile(path: string): Uint8Array {
  try {
    if (!statSync(path).isFile()) throw new Error('it is no plain file')
    return readBounded(path, BYTES_MAX)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${path} cannot be read: ${(error as Error).message}`)
  }
}

function profileIn(given: string, bytes: Uint8Array): NamedProfile {
  const name = safeText(given)
  if (bytes.length > BYTES_MAX) {
    throw new UserError('ERR_FILE_TOO_LARGE', `${name} has more than ${BYTES_MAX} bytes: no file with a profile`)
  }
  return { value: valueIn(name, bytes), file: { name, read: readConfigurationFile(bytes) } }
}

/** Also of a file that Windows does not take: the bits are explained all the same. */
function valueIn(name: string, bytes: Uint8Array): number {
  const malformed = (why: string) => new UserError('ERR_PROFILE_MALFORMED', `${name}: ${why}`)
  let value: unknown
  try {
    value = parseJsonObject(decodeAnsi(bytes).text.replace(/^\ufeff/, ''), 'ERR_PROFILE_MALFORMED')[MEMBER]
  } catch (error) {
    if (error instanceof DecodeError) throw malformed(error.message)
    throw error
  }
  if (value === undefined) throw malformed(`${MEMBER} is missing: this is no profile as a device has it`)
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > U32_MAX) {
    throw malformed(`${MEMBER} is no whole number of 32 bits`)
  }
  return value
}
