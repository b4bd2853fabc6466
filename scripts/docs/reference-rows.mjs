import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const NOTES = 'docs/sources/oobe-autopilot-esp.md'

/** How to read the notes, and where they cover the seed document: no facts of Windows. */
const NO_FACTS = ['0', '0.2']

/**
 * The rows of the tables of the notes on the first boot: each is a fact. Its id is its section and the first words of its first cell, so a
 * row keeps it when others come before it.
 *
 * @returns {{ id: string, section: string, cells: string[], line: number }[]}
 */
export function referenceRows(root) {
  const known = new Map()
  const rows = []
  let section = ''
  let isInTable = false
  for (const [index, line] of readFileSync(join(root, NOTES), 'utf8').split('\n').entries()) {
    section = /^#{2,4} (\d+(?:\.\d+)*)[. ]/.exec(line)?.[1] ?? section
    const isRow = line.startsWith('|') && isInTable && !/^[\s|:-]+$/.test(line)
    isInTable = line.startsWith('|')
    if (!isRow || NO_FACTS.includes(section)) continue
    const cells = line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim())
    const plain = `${section}/${wordsOf(cells[0])}`
    const count = (known.get(plain) ?? 0) + 1
    known.set(plain, count)
    rows.push({ id: count === 1 ? plain : `${plain}-${count}`, section, cells, line: index + 1 })
  }
  return rows
}

const WORDS_MAX = 6

const wordsOf = (cell) =>
  cell
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .slice(0, WORDS_MAX)
    .join('-') || 'more'
