import { existsSync, statSync } from 'node:fs'
import { hardwareHashOf } from '../../device/hardware-hash-of.ts'
import { safeText } from '../../domain/safe-text.ts'
import { DecodeError, UserError } from '../../domain/trouble.ts'
import { loadDeviceFile, namesOf } from '../../scenario/library.ts'
import { nearest } from '../../scenario/nearest.ts'
import { readBounded } from '../../scenario/read-bounded.ts'
import { reportedKeys } from '../reported-keys.ts'
import { bytesOfStandardInput } from '../standard-input.ts'
import { CAPTURED_AT } from './captured-at.ts'
import { type FoundHash, findHashes, looksLikeHash } from './find-hashes.ts'

/** A hash that a user named, and how messages call it. */
export interface NamedHash {
  name: string
  input: Uint8Array | string
}

/** Two of the largest CSV files; what is larger is not read. */
const BYTES_MAX = 8 * 1024 * 1024

/**
 * What an operand means: a file with one hash or more, standard input (`-`, or no operand when something is piped
 * in), a hash as it is, or a device. Codes: `ERR_BAD_ARGUMENTS`, `ERR_NOT_FOUND`, `ERR_NOT_READABLE`,
 * `ERR_FILE_TOO_LARGE`, `ERR_HASH_NONE`, `ERR_HASH_JSON`, `ERR_ZIP_…`.
 */
export async function readHashes(operand: string | undefined, command: string): Promise<NamedHash[]> {
  if (operand === undefined && process.stdin.isTTY) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'which hash?', [`"${command} --help" tells what it may be`])
  }
  if (operand === undefined || operand === '-') return named('standard input', await readStandardInput())
  if (/\.ya?ml$/.test(operand)) return [ofDevice(operand)]
  if (isFile(operand)) return named(operand, readFile(operand))
  if (looksLikeHash(operand)) return [{ name: 'the hash', input: operand }]
  // Something longer that holds one, as it was copied.
  if (operand.length > 64 && /T0[E-H]/.test(operand) && !existsSync(operand))
    return named('the text', Buffer.from(operand))
  const isName = /^[\w-]{1,64}$/.test(operand)
  if (isName && namesOf('device').includes(operand)) return [ofDevice(operand)]
  if (existsSync(operand)) throw new UserError('ERR_NOT_READABLE', `${operand} is a folder`)
  throw notFound(operand, isName)
}

function notFound(operand: string, isName: boolean): UserError {
  const shown = operand.length > 60 ? `${operand.slice(0, 60)}…` : operand
  const near = isName ? nearest(operand, namesOf('device')) : undefined
  return new UserError('ERR_NOT_FOUND', `there is no file or device "${shown}", and no hash begins like this`, [
    near ? `Did you mean "${near}"?` : `A hash begins with T0; devices are: ${namesOf('device').join(', ')}`,
  ])
}

/** The one hash that an operand means. */
export async function readOneHash(operand: string, command: string): Promise<NamedHash> {
  const [first, ...more] = await readHashes(operand, command)
  if (more.length === 0) return first!
  const names = [first!, ...more.slice(0, 4)].map(({ name }) => name).join('; ')
  throw new UserError('ERR_BAD_ARGUMENTS', `"${operand}" holds ${more.length + 1} hashes, and one is wanted`, [names])
}

/** A codec's error as the user's. */
export const asUserError = (error: DecodeError, name: string): UserError =>
  new UserError(error.code, error.message, [`in ${name}`])

function ofDevice(name: string): NamedHash {
  const device = loadDeviceFile(name)
  return { name: safeText(device.id), input: hardwareHashOf(device, reportedKeys, CAPTURED_AT) }
}

function named(given: string, bytes: Uint8Array): NamedHash[] {
  const name = safeText(given)
  let found: FoundHash[]
  try {
    found = findHashes(bytes)
  } catch (error) {
    if (error instanceof DecodeError) throw asUserError(error, name)
    throw error
  }
  return found.map(({ place, input }) => ({ name: place ? `${name}, ${place}` : name, input }))
}

function isFile(path: string): boolean {
  try {
    return !statSync(path).isDirectory()
  } catch {
    return false
  }
}

const tooLarge = (name: string): UserError =>
  new UserError('ERR_FILE_TOO_LARGE', `${name} has more than ${BYTES_MAX} bytes: no file with hardware hashes`)

function readFile(path: string): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = readBounded(path, BYTES_MAX)
  } catch (error) {
    throw new UserError('ERR_NOT_READABLE', `${path} cannot be read: ${(error as Error).message}`)
  }
  if (bytes.length > BYTES_MAX) throw tooLarge(path)
  return bytes
}

async function readStandardInput(): Promise<Uint8Array> {
  const bytes = await bytesOfStandardInput(BYTES_MAX)
  if (bytes.length > BYTES_MAX) throw tooLarge('standard input')
  if (bytes.length === 0) throw new UserError('ERR_HASH_NONE', 'standard input is empty')
  return bytes
}
