import { isDeepStrictEqual } from 'node:util'
import { override, unwritten } from '../override.ts'
import type { Plain } from './as-written.ts'

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The facts of `with:` that turn one value into another; undefined where no facts can say it, such as a key with a dot. */
export function changesOf(was: Plain, is: Plain): Plain | undefined {
  const changes = changesIn(was, is)
  try {
    return isDeepStrictEqual(plain(override(was, changes, unwritten('record'))), plain(is)) ? changes : undefined
  } catch {
    return undefined
  }
}

/** What is undefined and what is left out are one thing. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

function changesIn(was: Plain, is: Plain): Plain {
  const changes: Plain = {}
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const [before, now] = [was[name], is[name]]
    if (isDeepStrictEqual(plain(before ?? null), plain(now ?? null))) continue
    if (now === undefined) changes[name] = null
    else if (isPlain(before) && isPlain(now)) changes[name] = changesIn(before, now)
    else if (Array.isArray(before) && Array.isArray(now)) changes[name] = listChanges(before, now)
    else changes[name] = now
  }
  return changes
}

/** Single entries by their number, where the list is as long as it was or has one more; else all of it. */
function listChanges(was: readonly unknown[], is: readonly unknown[]): unknown {
  const isWhole = is.length < was.length || is.length > was.length + 1 || !is.every(isPlain) || was.length === 0
  if (isWhole) return is
  const entries = is.flatMap((now, index): [string, unknown][] => {
    const before = was[index]
    if (isDeepStrictEqual(plain(before ?? null), plain(now))) return []
    return [[String(index), isPlain(before) ? changesIn(before, now as Plain) : now]]
  })
  return Object.fromEntries(entries)
}
