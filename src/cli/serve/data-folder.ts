import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { HttpRequest, Peer } from '../../domain/http.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import type { DevelopmentCa } from './development-ca.ts'

/** What a served tenant began with: everything after follows from it and from the requests. */
export interface Beginning {
  definition: TenantDefinition
  /** Unix milliseconds. */
  startedAt: number
  seed: number
  ca: DevelopmentCa
  origin: string
}

/** A request that may have changed something, and when it came. */
export interface Recorded {
  at: number
  request: HttpRequest
  peer: Peer
}

const BEGINNING = 'tenant.json'
const REQUESTS = 'requests.ndjson'
/** They hold passwords and the authority's key. */
const MODE = 0o600

/**
 * Where a served tenant lives on between starts. The tenant is a function of its beginning and of the requests since, so the folder
 * holds these: the beginning, written once and whole, and a line for each request, appended before it is answered. A line that a kill
 * broke off was never answered; it is left out.
 */
export class DataFolder {
  readonly #folder: string
  #log: number | undefined

  constructor(folder: string) {
    this.#folder = folder
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch (cause) {
      throw new InfrastructureError('ERR_DATA_FOLDER', `${folder}: ${(cause as Error).message}`, { cause })
    }
  }

  /** What an earlier start left. Code `ERR_DATA_FOLDER` for files that are no such thing. */
  resume(): { beginning: Beginning; requests: Recorded[] } | undefined {
    const file = join(this.#folder, BEGINNING)
    if (!existsSync(file)) return undefined
    const beginning = this.#parse(file, readFileSync(file, 'utf8')) as Beginning
    const log = join(this.#folder, REQUESTS)
    const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []
    // What follows the last line end was broken off.
    const whole = lines.slice(0, -1)
    return { beginning, requests: whole.map((line, index) => toRecorded(this.#parse(`${log}:${index + 1}`, line))) }
  }

  begin(beginning: Beginning): void {
    const file = join(this.#folder, BEGINNING)
    const draft = `${file}.new`
    writeFileSync(draft, JSON.stringify(beginning), { mode: MODE, flush: true })
    renameSync(draft, file)
  }

  /** Appends a request; it is on the disk when this returns. */
  record({ at, request, peer }: Recorded): void {
    this.#log ??= this.#open()
    const { method, url, headers, body } = request
    const line = {
      at,
      method,
      url,
      headers,
      body: Buffer.from(body).toString('base64'),
      ...(peer.certificate ? { certificate: Buffer.from(peer.certificate).toString('base64') } : {}),
    }
    writeSync(this.#log, `${JSON.stringify(line)}\n`)
    fsyncSync(this.#log)
  }

  close(): void {
    if (this.#log !== undefined) closeSync(this.#log)
    this.#log = undefined
  }

  /** Cuts a broken last line off before the first new one. */
  #open(): number {
    const file = join(this.#folder, REQUESTS)
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length) writeFileSync(file, whole, { mode: MODE, flush: true })
    return openSync(file, 'a', MODE)
  }

  #parse(place: string, text: string): unknown {
    try {
      return JSON.parse(text)
    } catch (error) {
      throw new UserError('ERR_DATA_FOLDER', `${place}: ${(error as Error).message}`, [
        'Another folder starts a tenant anew',
      ])
    }
  }
}

function toRecorded(line: unknown): Recorded {
  const { at, method, url, headers, body, certificate } = line as Record<string, string> & {
    at: number
    headers: Record<string, string>
  }
  return {
    at,
    request: {
      method: method as HttpRequest['method'],
      url: url!,
      headers,
      body: new Uint8Array(Buffer.from(body!, 'base64')),
    },
    peer: certificate === undefined ? {} : { certificate: new Uint8Array(Buffer.from(certificate, 'base64')) },
  }
}
