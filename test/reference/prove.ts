import { join, resolve } from 'node:path'
import { test } from 'vitest'

/** A row of a table of the notes on the first boot. */
export interface Row {
  id: string
  section: string
  cells: string[]
}

const root = resolve(import.meta.dirname, '../..')
const { referenceRows } = (await import(join(root, 'scripts/docs/reference-rows.mjs'))) as {
  referenceRows(root: string): Row[]
}
const { LEFT } = (await import(join(root, 'scripts/docs/reference-left.mjs'))) as { LEFT: Map<string, string> }
const rows = referenceRows(root)

/** Words and codes that a row quotes. */
export const quotesIn = ({ cells }: Row): string[] =>
  [...cells.join(' ').matchAll(/`([^`]+)`/g)].map(([, quote]) => quote!)

/** Proves rows by their ids: `scripts/docs/reference.mjs` reads them here, and fails on a row that no test names. */
export function prove(ids: readonly string[], title: string, check: (row: Row) => void | Promise<void>): void {
  const named = ids.map((id) => {
    const row = rows.find((one) => one.id === id)
    if (!row) throw new Error(`the notes have no row ${id}`)
    return row
  })
  test.each(named)(`row $id: ${title}`, check)
}

/**
 * Proves each row of a table that is not left.
 *
 * @param elsewhere rows that another test proves
 */
export const proveTable = (
  section: string,
  title: string,
  check: (row: Row) => void | Promise<void>,
  elsewhere: readonly string[] = [],
): void =>
  prove(
    rows.flatMap(({ id, section: own }) => (own === section && !LEFT.has(id) && !elsewhere.includes(id) ? [id] : [])),
    title,
    check,
  )
