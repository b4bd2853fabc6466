import type { CspFact, JournalEntry } from '../../../domain/journal.ts'
import { clock } from '../../rows/clock.ts'
import { columns, type Tree } from '../items.ts'
import { STYLE, told } from '../style.ts'

interface Node {
  /** From the root; with the scheme of the tree: `./Device/Vendor/MSFT`. */
  uri: string
  name: string
  below: Map<string, Node>
  /** Commands on it, in their order. */
  history: (CspFact & { at: number })[]
}

/** The management tree as commands have made it. Reads alone leave no node behind. */
function cspTreeOf(entries: readonly JournalEntry[]): Node {
  const root: Node = { uri: '', name: '', below: new Map(), history: [] }
  for (const entry of entries) {
    if (entry.kind !== 'csp') continue
    let node = root
    const parts = entry.uri.split('/')
    parts.forEach((name, index) => {
      const uri = parts.slice(0, index + 1).join('/')
      let next = node.below.get(name)
      if (!next) {
        next = { uri, name, below: new Map(), history: [] }
        node.below.set(name, next)
      }
      node = next
    })
    node.history.push(entry)
  }
  return root
}

const isChange = ({ command, status }: CspFact): boolean => command !== 'Get' && status < 400

/** How a node is marked: new, changed since, gone, refused; nothing where it was only read. */
function markOf({ history }: Node) {
  const changes = history.filter(isChange)
  if (history.at(-1) && history.at(-1)!.status >= 400) return told('✗ ', STYLE.bad)
  if (changes.at(-1)?.command === 'Delete') return told('- ', STYLE.bad)
  if (changes.length > 1) return told('~ ', STYLE.caution)
  return changes.length === 1 ? told('+ ', STYLE.good) : told('  ')
}

const shownName = (name: string): string => {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}

/** Adds the nodes to a tab. A row of nodes with one below each is one line. */
export function addCspTree(tree: Tree, entries: readonly JournalEntry[]): void {
  const add = (node: Node, prefix: string, depth: number): void => {
    const label = `${prefix}${shownName(node.name)}`
    const [only] = node.below.values()
    if (node.below.size === 1 && node.history.length === 0 && only) {
      add(only, `${label}/`, depth)
      return
    }
    const value = node.history.findLast((one) => one.value !== undefined)?.value
    const changes = node.history.filter(isChange).length
    const row = [
      markOf(node),
      told(label),
      ...(value === undefined ? [] : [told(` = ${value.slice(0, 200)}`, STYLE.quiet)]),
      ...(changes > 1 ? [told(`  changed ${changes} times`, STYLE.caution)] : []),
    ]
    const detail = (width: number) => columns(historyOf(node), width)
    if (node.below.size === 0) tree.leaf(node.uri, row, { detail })
    else {
      const below = () => {
        for (const child of node.below.values()) add(child, '', depth + 1)
      }
      tree.branch(node.uri, row, depth === 0, below, node.history.length > 0 ? { detail } : {})
    }
  }
  // Each address begins with a dot, which tells nothing.
  for (const child of cspTreeOf(entries).below.values()) {
    if (child.name !== '.') add(child, '', 0)
    else for (const one of child.below.values()) add(one, '', 0)
  }
}

const historyOf = ({ uri, history }: Node): [string, string][] => [
  ['node', uri],
  ...history.map(({ at, by, command, status, value, effect }): [string, string] => [
    clock(at),
    [
      `${by === 'server' ? 'the server' : 'the device'}: ${command}, ${status}`,
      ...(value === undefined ? [] : [`= ${value}`]),
      ...(effect === 'none' ? ['(kept; nothing else follows from it)'] : []),
    ].join(' '),
  ]),
]
