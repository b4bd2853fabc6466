import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Beside the bundle: a line for each shipped file as its reader left it, after the hash of its kind and text. */
const COMPILED_LIBRARY = 'compiled-library.ndjson'

let lines: Buffer | undefined
const read = new Map<string, unknown>()

/** Names a text of a kind, whatever file it is in: a copy that was changed has another name. */
export const textHash = (kind: string, text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('base64url')

/** One line of the compiled library. */
export const compiledLine = (hash: string, value: unknown): string => `${hash} ${JSON.stringify(value)}\n`

/**
 * A shipped file that the build has read and checked already: parsing YAML is the dearest part of a short run. Undefined
 * for every other text, and when this runs from its sources.
 */
export function compiledFile(kind: string, text: string): unknown {
  const hash = textHash(kind, text)
  if (!read.has(hash)) read.set(hash, find(hash))
  return read.get(hash)
}

/** Most runs need four of its three hundred lines. */
function find(hash: string): unknown {
  lines ??= load()
  const at = lines.indexOf(`${hash} `)
  return at < 0 ? undefined : JSON.parse(lines.toString('utf8', at + hash.length + 1, lines.indexOf('\n', at)))
}

function load(): Buffer {
  try {
    return readFileSync(new URL(`./${COMPILED_LIBRARY}`, import.meta.url))
  } catch {
    return Buffer.alloc(0)
  }
}
