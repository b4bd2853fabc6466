import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { keptDefinition } from '../../scenario/kept-definition.ts'
import type { DevelopmentCa } from './development-ca.ts'
import { damaged, replaceFile } from './folder-files.ts'
import { isTime } from './recorded.ts'

/** What a served tenant began with: all that came after follows from it and from the requests. */
export interface Beginning {
  definition: TenantDefinition
  /** Unix milliseconds. */
  startedAt: number
  seed: number
  ca: DevelopmentCa
  origin: string
}

export const BEGINNING = 'tenant.json'

/** Of the folder: since 2 the log always has a first line, and is cut. A folder without a number is of version 0.1.0. */
const FORMAT = 2

export interface KnownBeginning extends Beginning {
  /** The folder was begun by a version that neither numbered nor cut its log. */
  isOld: boolean
}

export const writeBeginning = (folder: string, { definition, startedAt, seed, ca, origin }: Beginning): void =>
  replaceFile(folder, BEGINNING, JSON.stringify({ format: FORMAT, definition, startedAt, seed, ca, origin }))

/** Undefined where there is none. Code `ERR_DATA_FOLDER` for one that is not as it was written. */
export function readBeginning(folder: string): KnownBeginning | undefined {
  const file = join(folder, BEGINNING)
  if (!existsSync(file)) return undefined
  const text = readFileSync(file, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw damaged(`${file}:${lineOfError(text, error as SyntaxError)}`, `it is no JSON: ${(error as Error).message}`)
  }
  const wrong = (what: string) => damaged(`${file}:1`, `it is not the beginning of a school: ${what}`)
  if (typeof value !== 'object' || value === null) throw wrong('it holds no object')
  const { format, definition, startedAt, seed, ca, origin } = value as Record<string, unknown>
  if (format !== undefined && format !== FORMAT) {
    throw damaged(`${file}:1`, `the format ${JSON.stringify(format)} is not known to this version of oobe-sim`)
  }
  if (!isTime(startedAt)) throw wrong('"startedAt" is missing, or is no time')
  if (!Number.isSafeInteger(seed)) throw wrong('"seed" is missing, or is no number')
  if (typeof origin !== 'string' || !URL.canParse(origin)) throw wrong('"origin" is missing, or is no URL')
  if (!isAuthority(ca)) throw wrong('"ca" is missing, or is no certificate with its key')
  const known = keptDefinition(definition)
  if (typeof known === 'string') throw wrong(`"definition" is not a tenant: ${known}`)
  return { definition: known, startedAt, seed: seed as number, ca, origin, isOld: format === undefined }
}

function isAuthority(value: unknown): value is DevelopmentCa {
  const { key, certificate } = (value ?? {}) as Record<string, unknown>
  if (typeof key !== 'string' || typeof certificate !== 'string') return false
  try {
    return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

/** V8 says where a text stops to be JSON by its place in the text, in some of its messages. */
function lineOfError(text: string, { message }: SyntaxError): number {
  const at = /position (\d+)/.exec(message)?.[1]
  return at === undefined ? 1 : text.slice(0, Number(at)).split('\n').length
}
