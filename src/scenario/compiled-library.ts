import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Beside the bundle: the shipped files as their readers left them, by the hash of their kind and text. */
export const COMPILED_LIBRARY = 'compiled-library.json'

let compiled: Record<string, unknown> | undefined

/** Names a text of a kind, whatever file it is in: a copy that was changed has another name. */
export const textHash = (kind: string, text: string): string =>
  createHash('sha256').update(`${kind}\n${text}`).digest('base64url')

/**
 * A shipped file that the build has read and checked already: parsing YAML is the dearest part of a short run. Undefined
 * for every other text, and when this runs from its sources.
 */
export function compiledFile(kind: string, text: string): unknown {
  compiled ??= load()
  return compiled[textHash(kind, text)]
}

function load(): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(new URL(`./${COMPILED_LIBRARY}`, import.meta.url), 'utf8')) as Record<
      string,
      unknown
    >
  } catch {
    return {}
  }
}
