import * as v from 'valibot'
import type { ExpectationKinds } from '../../domain/expectations.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { defineExpectation } from './define-expectation.ts'
import { endOf, fits, insteadOf } from './near.ts'
import { listOf, text, value } from './times.ts'

const full = v.pipe(
  v.strictObject({
    uri: v.pipe(
      text,
      v.description('The LocURI or the end of it; * is anything: "FirstSyncStatus/TimeOutUntilSyncFailure".'),
    ),
    value: v.optional(v.pipe(value, v.description('Compared as text; * is anything.'))),
    exists: v.optional(v.pipe(v.boolean(), v.description('false: no such node is there at the end.'))),
    by: v.optional(v.pipe(v.picklist(['server', 'device']), v.description('Who wrote it last.'))),
  }),
  v.check(
    ({ exists, value: wanted, by }) => exists !== false || (wanted === undefined && by === undefined),
    'exists: false goes without value and by',
  ),
)

interface Node {
  uri: string
  value: string | undefined
  by: 'server' | 'device'
}

const isDone = (status: number): boolean => status >= 200 && status < 300

/** The nodes that a journal speaks of, as they are at its end. */
function nodesAtEnd(journal: readonly JournalEntry[]): Node[] {
  const nodes = new Map<string, Node>()
  for (const entry of journal) {
    if (entry.kind === 'power' && entry.event === 'reset') nodes.clear()
    if (entry.kind !== 'csp' || !isDone(entry.status)) continue
    const { command, uri, by, value: written } = entry
    if (command === 'Delete') {
      for (const known of [...nodes.keys()]) if (known === uri || known.startsWith(`${uri}/`)) nodes.delete(known)
    } else if (command === 'Get') {
      if (written !== undefined) nodes.set(uri, { uri, value: written, by: nodes.get(uri)?.by ?? 'device' })
    } else if (command === 'Add' || command === 'Replace') nodes.set(uri, { uri, value: written, by })
  }
  return [...nodes.values()]
}

/** Names in a LocURI are percent-encoded; a person writes them either way. */
function plain(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    return uri
  }
}

const isNode = (wanted: string, uri: string): boolean => {
  const pattern = wanted.startsWith('.') ? wanted : `*${wanted}`
  return fits(pattern, uri) || fits(plain(pattern), plain(uri))
}

function saidText({ uri, value: wanted, exists, by }: NonNullable<ExpectationKinds['node']['node']>[number]): string {
  if (exists === false) return `no node ${uri} at the end`
  return `the node ${uri}${wanted === undefined ? '' : ` with the value "${wanted}"`}${by === undefined ? '' : `, written by the ${by}`}`
}

/** Nodes of the management tree, and their values. */
export const node = defineExpectation<'node'>({
  matcher: 'toHaveNode',
  keys: {
    node: v.pipe(
      listOf(full),
      v.description('Nodes of the management tree at the end of the run, and their values.'),
    ) as never,
  },
  words: (uri, options) => ({ node: [{ uri, ...options }] }),
  judge: ({ node: all = [] }, { journal }) => {
    const nodes = nodesAtEnd(journal)
    return all.map((wanted) => {
      const own = nodes.filter(({ uri }) => isNode(wanted.uri, uri))
      const right = own.filter(
        (one) =>
          (wanted.value === undefined || fits(wanted.value, one.value ?? '')) &&
          (wanted.by === undefined || one.by === wanted.by),
      )
      const found =
        own.length === 0
          ? insteadOf(
              wanted.uri,
              nodes.map(({ uri }) => uri),
              'the journal speaks of no node',
              endOf(wanted.uri, '/'),
            )
          : `; ${own
              .slice(0, 3)
              .map(
                (one) =>
                  `${one.uri} is ${one.value === undefined ? 'there' : `"${one.value}"`}, written by the ${one.by}`,
              )
              .join('; ')}`
      return { holds: right.length > 0 === (wanted.exists ?? true), said: saidText(wanted), found }
    })
  },
})
