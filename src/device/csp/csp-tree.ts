import type { JournalWriter } from '../../domain/journal.ts'
import { type Access, NODE_RULES, type NodeFormat, type NodeRule } from './node-rules.ts'

export interface CspNode {
  format: NodeFormat
  value: string
}

export interface CspResult {
  /** OMA-DM status (reference: mdm-protocols.md, 2.6). */
  status: number
  node?: CspNode
}

type Scope = 'device' | 'user'

const RULES = NODE_RULES.map((rule) => ({ rule, pattern: patternOf(rule.path) }))

function patternOf(path: string): RegExp {
  const escaped = path.split('{}').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('[^/]+')}$`)
}

/**
 * The device's management tree. Servers act on it through OMA-DM commands; the device itself writes with {@link CspTree.set}.
 * `./Vendor/MSFT` and `./Device/Vendor/MSFT` are the same tree; `./User/Vendor/MSFT` exists once somebody has signed in.
 */
export class CspTree {
  readonly #nodes = new Map<string, CspNode>()
  readonly #readOnly = new Map<string, () => string>()
  readonly #listeners = new Set<() => void>()
  readonly #journal: JournalWriter
  hasUser = false

  constructor(journal: JournalWriter) {
    this.#journal = journal
  }

  /** Defines a node that the device computes, such as `./DevInfo/Man`. */
  compute(uri: string, value: () => string): void {
    this.#readOnly.set(uri, value)
  }

  /** Value of a leaf, its default included. */
  read(uri: string): string | undefined {
    const key = keyOf(uri)
    return this.#nodes.get(key)?.value ?? this.#readOnly.get(key)?.() ?? this.#defaultOf(key)
  }

  readBool(uri: string): boolean {
    const value = this.read(uri)
    return value === 'true' || value === '1' || value === '-1'
  }

  readInt(uri: string): number {
    return Number.parseInt(this.read(uri) ?? '0', 10)
  }

  has(uri: string): boolean {
    const key = keyOf(uri)
    return this.#nodes.has(key) || this.children(uri).length > 0
  }

  /** Names of the children of an interior node, decoded, in the order in which they came. */
  children(uri: string): string[] {
    const prefix = `${keyOf(uri)}/`
    const names = new Set<string>()
    for (const key of [...this.#nodes.keys(), ...this.#readOnly.keys()]) {
      if (key.startsWith(prefix)) names.add(key.slice(prefix.length).split('/')[0]!)
    }
    return [...names]
  }

  /** The device writes its own node: no access check, and nothing for the server to see but the new value. */
  set(uri: string, format: NodeFormat, value: string): void {
    const key = keyOf(uri)
    if (this.#nodes.get(key)?.value === value) return
    this.#nodes.set(key, { format, value })
    this.#changed()
  }

  get(uri: string): CspResult {
    return this.#record('Get', uri, () => {
      const value = this.read(uri)
      if (value !== undefined) return { status: 200, node: { format: this.#formatOf(uri), value } }
      const names = this.children(uri)
      if (names.length === 0) return { status: 404 }
      return { status: 200, node: { format: 'node', value: names.map(encodeURIComponent).join('/') } }
    })
  }

  add(uri: string, format: NodeFormat | undefined, value: string): CspResult {
    return this.#record(
      'Add',
      uri,
      () => (this.#nodes.has(keyOf(uri)) ? { status: 418 } : this.#write('Add', uri, format, value)),
      value,
    )
  }

  replace(uri: string, format: NodeFormat | undefined, value: string): CspResult {
    return this.#record('Replace', uri, () => this.#write('Replace', uri, format, value), value)
  }

  delete(uri: string): CspResult {
    return this.#record('Delete', uri, () => {
      const allowed = this.#allow('Delete', uri)
      if (allowed !== 200) return { status: allowed }
      const key = keyOf(uri)
      const doomed = [...this.#nodes.keys()].filter((other) => other === key || other.startsWith(`${key}/`))
      if (doomed.length === 0) return { status: 404 }
      for (const other of doomed) this.#nodes.delete(other)
      this.#changed()
      return { status: 200 }
    })
  }

  /** Exec of a node: 202, since what it starts runs on by itself. `run` gets the data. */
  exec(uri: string, value: string, run: () => void): CspResult {
    return this.#record('Exec', uri, () => {
      const allowed = this.#allow('Exec', uri)
      if (allowed !== 200) return { status: allowed }
      if (value === '') return { status: 400 }
      run()
      return { status: 202 }
    })
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  clear(): void {
    this.#nodes.clear()
    this.hasUser = false
    this.#changed()
  }

  #write(access: Access, uri: string, format: NodeFormat | undefined, value: string): CspResult {
    const allowed = this.#allow(access, uri)
    if (allowed !== 200) return { status: allowed }
    const key = keyOf(uri)
    const rule = ruleOf(key)!
    const present = this.read(uri)
    if (rule.format !== 'node' && !isWellFormed(rule.format, value)) return { status: 415 }
    const next = normalized(rule.format, value)
    if (present !== undefined && rule.forbids?.(present, next)) return { status: 405 }
    this.#nodes.set(key, { format: format ?? rule.format, value: next })
    this.#changed()
    return { status: 200 }
  }

  #allow(access: Access, uri: string): number {
    if (uri.startsWith('/') || !uri.startsWith('./')) return 400
    const key = keyOf(uri)
    if (scopeOf(key) === 'user' && !this.hasUser) return 405
    if (this.#readOnly.has(key)) return access === 'Get' ? 200 : 405
    const rule = ruleOf(key)
    if (!rule) return 404
    return rule.access.includes(access) ? 200 : 405
  }

  #defaultOf(key: string): string | undefined {
    const rule = ruleOf(key)
    if (rule?.default === undefined) return undefined
    // A default shows only below a parent that exists.
    const parent = key.slice(0, key.lastIndexOf('/'))
    return [...this.#nodes.keys()].some((other) => other === parent || other.startsWith(`${parent}/`))
      ? rule.default
      : undefined
  }

  #formatOf(uri: string): NodeFormat {
    return this.#nodes.get(keyOf(uri))?.format ?? ruleOf(keyOf(uri))?.format ?? 'chr'
  }

  #record(command: string, uri: string, act: () => CspResult, value?: string): CspResult {
    const result = act()
    const shown = value ?? result.node?.value
    this.#journal.write({
      kind: 'csp',
      command,
      uri,
      status: result.status,
      ...(shown === undefined ? {} : { value: shown.length > 200 ? `${shown.slice(0, 200)}…` : shown }),
    })
    return result
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

const KEYS_MAX = 10_000
const keys = new Map<string, string>()

/** One spelling for each node: device scope in full, names decoded. */
function keyOf(uri: string): string {
  const known = keys.get(uri)
  if (known !== undefined) return known
  const key = spell(uri)
  if (keys.size < KEYS_MAX) keys.set(uri, key)
  return key
}

function spell(uri: string): string {
  const full = uri.startsWith('./Vendor/') ? `./Device${uri.slice(1)}` : uri
  return full.split('/').map(decodeSegment).join('/')
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const scopeOf = (key: string): Scope => (key.startsWith('./User/') ? 'user' : 'device')

const rules = new Map<string, NodeRule | undefined>()

function ruleOf(key: string): NodeRule | undefined {
  if (rules.has(key)) return rules.get(key)
  const rule = findRule(key)
  if (rules.size < KEYS_MAX) rules.set(key, rule)
  return rule
}

function findRule(key: string): NodeRule | undefined {
  const match = /^\.\/(Device|User)\/Vendor\/MSFT\/(.+)$/.exec(key)
  if (!match) return undefined
  const scope = match[1] === 'User' ? 'user' : 'device'
  return RULES.find(({ rule, pattern }) => (rule.scope === 'both' || rule.scope === scope) && pattern.test(match[2]!))
    ?.rule
}

function isWellFormed(format: NodeFormat, value: string): boolean {
  if (format === 'int') return /^-?\d+$/.test(value.trim())
  if (format === 'bool') return /^(true|false|0|1|-1)$/.test(value.trim())
  return true
}

/** Published trees show 0, 1 and -1 for booleans: all are read. */
function normalized(format: NodeFormat, value: string): string {
  if (format === 'int') return value.trim()
  if (format !== 'bool') return value
  return /^(true|-?1)$/.test(value.trim()) ? 'true' : 'false'
}
