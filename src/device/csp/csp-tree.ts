import type { JournalWriter } from '../../domain/journal.ts'
import { MASK } from '../../domain/secret.ts'
import type { TakenCommand } from './command-events.ts'
import { chosenPartOf, isFixed, namesBelow, ownerOf, ruleOf } from './find-rule.ts'
import { listOf } from './list-query.ts'
import { keyOf, nameOf, scopeOf } from './node-key.ts'
import type { Access, ExecEffect, NodeFormat, NodeRule } from './node-rule.ts'
import { NodeStore } from './node-store.ts'
import { isOfFormat, normalized } from './node-value.ts'
import { Refusals } from './refusals.ts'

export interface CspNode {
  format: NodeFormat
  value: string
}

export interface CspResult {
  /** OMA-DM status (reference: mdm-protocols.md, 2.6). */
  status: number
  node?: CspNode
  /** What `?list=` found: the node itself, then what is below it. */
  nodes?: ListedNode[]
}

export interface ListedNode {
  uri: string
  format: NodeFormat
  /** Of a leaf, where values were asked for. */
  value?: string
}

/** Values that a device computes, by LocURI. */
export type ComputedNodes = Record<string, () => string>

/** Keys of the nodes that are other than they were, or that are gone. */
export type Changed = readonly string[] | 'everything'

const INT_MIN = -(2 ** 31)
const INT_MAX = 2 ** 32 - 1

const USER_ROOT = './User'
const USER_PROVIDERS = './User/Vendor/MSFT/DMClient/Provider/'

/**
 * The device's management tree. Servers act on it through OMA-DM commands; the device itself writes with {@link CspTree.set}.
 * `./Vendor/MSFT` and `./Device/Vendor/MSFT` are the same tree; `./User/Vendor/MSFT` exists once a person has signed in.
 */
export class CspTree {
  readonly #nodes = new NodeStore<CspNode>()
  #computing: NodeStore<() => string> | undefined
  readonly #listeners = new Set<(changed: Changed) => void>()
  readonly #journal: JournalWriter
  readonly #owner: () => string | undefined
  readonly #listComputed: () => ComputedNodes
  readonly #onCommand: (command: TakenCommand) => void
  /** While an Atomic runs: what it has changed, which is announced when it is certain. */
  #held: string[] | undefined
  /** The nodes of those who are not at the device now, by their names. */
  readonly #others = new Map<string, [string, CspNode][]>()
  #user = ''
  hasUser = false
  readonly refusals = new Refusals()

  /**
   * @param owner the provider id of the management account, when there is one
   * @param computed nodes that the device computes, such as `./DevInfo/Man`
   * @param onCommand hears of each command of the server, once it is in the journal
   */
  constructor(
    journal: JournalWriter,
    owner: () => string | undefined = () => undefined,
    computed: () => ComputedNodes = () => ({}),
    onCommand: (command: TakenCommand) => void = () => {},
  ) {
    this.#journal = journal
    this.#owner = owner
    this.#listComputed = computed
    this.#onCommand = onCommand
  }

  /** Made when a node is looked for: before a device is managed, none is. */
  get #computed(): NodeStore<() => string> {
    if (this.#computing) return this.#computing
    const made = new NodeStore<() => string>()
    for (const [uri, value] of Object.entries(this.#listComputed())) made.set(keyOf(uri), value)
    this.#computing = made
    return made
  }

  /** Value of a leaf, its default included. */
  read(uri: string): string | undefined {
    const key = keyOf(uri)
    const known = this.#nodes.get(key)?.value ?? this.#computed.get(key)?.()
    if (known !== undefined) return known
    const rule = ruleOf(key)
    return rule?.derive?.(key, (other) => this.read(other)) ?? this.#defaultOf(key, rule)
  }

  /** Value of a node that was put there. */
  readPut(uri: string): string | undefined {
    return this.#nodes.get(keyOf(uri))?.value
  }

  readBool(uri: string): boolean {
    const value = this.read(uri)
    return value === 'true' || value === '1' || value === '-1'
  }

  readInt(uri: string): number {
    const value = Number.parseInt(this.read(uri) ?? '0', 10)
    // 32 bits, with a sign or without: an HRESULT is written in both ways.
    return Number.isNaN(value) ? 0 : Math.min(INT_MAX, Math.max(INT_MIN, value))
  }

  has(uri: string): boolean {
    const key = keyOf(uri)
    return this.#nodes.has(key) || this.#computed.has(key)
  }

  /** Names of what was put below an interior node, decoded, in the order in which it came. */
  children(uri: string): string[] {
    const key = keyOf(uri)
    return [...new Set([...this.#nodes.names(key), ...this.#computed.names(key)].map(nameOf))]
  }

  /** What was put there, and what is always there. */
  names(uri: string): string[] {
    const key = keyOf(uri)
    const put = this.children(uri)
    return put.length > 0 || this.#isThere(key) ? [...new Set([...put, ...namesBelow(key)])] : put
  }

  /** The device writes its own node: no access check, and nothing for the server to see but the new value. */
  set(uri: string, format: NodeFormat, value: string): void {
    const key = keyOf(uri)
    if (this.#nodes.get(key)?.value === value) return
    this.#nodes.set(key, { format, value })
    this.#journal.write({ kind: 'csp', by: 'device', command: 'Replace', uri, status: 200, ...shownValue(uri, value) })
    this.#changed([key])
  }

  /** The device removes a node that it set, with what is below it. */
  remove(uri: string): void {
    const gone = this.#nodes.take(keyOf(uri)).map(([each]) => each)
    if (gone.length === 0) return
    this.#journal.write({ kind: 'csp', by: 'device', command: 'Delete', uri, status: 200 })
    this.#changed(gone)
  }

  get(uri: string): CspResult {
    return this.#record('Get', uri, () => {
      const list = listOf(uri)
      return list ? this.#list(list.uri, list.hasData) : this.#look(uri)
    })
  }

  add(uri: string, format: string | undefined, value: string): CspResult {
    return this.#record(
      'Add',
      uri,
      () => {
        const isThere = this.#nodes.holds(keyOf(uri)) && this.#refuse('Add', uri) === undefined
        return isThere ? { status: 418 } : this.#write('Add', uri, format, value)
      },
      value,
    )
  }

  replace(uri: string, format: string | undefined, value: string): CspResult {
    return this.#record('Replace', uri, () => this.#write('Replace', uri, format, value), value)
  }

  delete(uri: string): CspResult {
    return this.#record('Delete', uri, () => {
      const refused = this.#refuse('Delete', uri)
      if (refused) return { status: refused }
      return { status: this.#take(keyOf(uri)) ? 200 : 404 }
    })
  }

  /** Exec of a node. `run` gets what it sets going, and answers with the status: 200 done, 202 continues without the server. */
  exec(uri: string, run: (effect: ExecEffect) => number): CspResult {
    return this.#record('Exec', uri, () => {
      const refused = this.#refuse('Exec', uri)
      if (refused) return { status: refused }
      const { exec, effect, execStatus } = ruleOf(keyOf(uri))!
      if (exec) return { status: run(exec) }
      return { status: effect === 'none' ? (execStatus ?? 200) : 406 }
    })
  }

  /** All or nothing: when `act` says false, the tree is as it was, and no listener has seen it otherwise. */
  atomically(act: () => boolean): void {
    const held: string[] = []
    this.#held = held
    this.#nodes.begin()
    let isKept = false
    try {
      isKept = act()
    } finally {
      this.#held = undefined
      if (isKept) this.#nodes.keep()
      else this.#rollBack()
    }
    if (isKept && held.length > 0) this.#changed(held)
  }

  /** A person is at the device: `./User` is theirs. True when it was another person's. */
  signIn(user: string): boolean {
    const isOther = this.#user !== '' && this.#user !== user
    this.hasUser = true
    if (isOther) {
      this.#others.set(this.#user, this.#nodes.take(USER_ROOT))
      for (const [key, node] of this.#others.get(user) ?? []) this.#nodes.set(key, node)
    }
    this.#user = user
    if (isOther) this.#announce('everything')
    return isOther
  }

  /** Who is at the device. */
  get user(): string | undefined {
    return this.hasUser ? this.#user : undefined
  }

  /** Every node that was put here, in full. */
  uris(): string[] {
    return [...this.#nodes.keys()]
  }

  onChange(listener: (changed: Changed) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** @param isKept by key, of nodes that stay: a reset of the device keeps some */
  clear(isKept: (key: string) => boolean = () => false): void {
    const kept = this.#nodes.keys().filter(isKept)
    const nodes = kept.map((key) => this.#nodes.get(key)!)
    this.#nodes.clear()
    this.#others.clear()
    for (const [index, key] of kept.entries()) this.#nodes.set(key, nodes[index]!)
    this.#user = ''
    this.hasUser = false
    this.#announce('everything')
  }

  #look(uri: string): CspResult {
    const refused = this.#refuseAddress(uri)
    if (refused) return { status: refused }
    const key = keyOf(uri)
    if (this.#awaitsAdd(key, 'Get')) return { status: 404 }
    const rule = ruleOf(key)
    if (rule && !rule.access.includes('Get')) return { status: 405 }
    const value = this.read(uri)
    if (value !== undefined && rule?.format !== 'node') {
      return { status: 200, node: { format: this.#formatOf(key, rule), value } }
    }
    const names = this.names(uri)
    const isPermanent = rule?.format === 'node' && isFixed(key)
    if (names.length === 0 && !isPermanent && !this.#nodes.holds(key)) return { status: 404 }
    return { status: 200, node: { format: 'node', value: names.map(encodeURIComponent).join('/') } }
  }

  /** A node with all that may be read below it (mdm-protocols.md, 2.6). */
  #list(uri: string, hasData: boolean): CspResult {
    const { status } = this.#look(uri)
    return status === 200 ? { status, nodes: [...this.#readable(uri, hasData)] } : { status }
  }

  *#readable(uri: string, hasData: boolean): Iterable<ListedNode> {
    const { node } = this.#look(uri)
    if (!node) return
    if (node.format !== 'node') {
      yield { uri, format: node.format, ...(hasData ? { value: node.value } : {}) }
      return
    }
    yield { uri, format: 'node' }
    for (const name of this.names(uri)) yield* this.#readable(`${uri}/${encodeURIComponent(name)}`, hasData)
  }

  #rollBack(): void {
    this.#nodes.rollBack()
    this.#journal.write({ kind: 'csp', by: 'server', command: 'Rollback', uri: '.', status: 507 })
  }

  #write(access: Access, uri: string, format: string | undefined, value: string): CspResult {
    const refused = this.#refuse(access, uri)
    if (refused) return { status: refused }
    const key = keyOf(uri)
    const rule = ruleOf(key)!
    if (format !== undefined && rule.format !== 'any' && format !== rule.format) return { status: 415 }
    if (!isOfFormat(rule.format, value)) return { status: 415 }
    const next = normalized(rule.format, value)
    if (rule.range && (Number(next) < rule.range[0] || Number(next) > rule.range[1])) return { status: 400 }
    const present = this.read(uri)
    if (present !== undefined && rule.forbids?.(present, next)) return { status: 405 }
    if (rule.accepts && !rule.accepts(next, key)) return { status: 500 }
    const kept = rule.format === 'any' ? ((format ?? 'chr') as NodeFormat) : rule.format
    this.#nodes.set(key, { format: kept, value: next })
    this.#changed([key])
    return { status: 200 }
  }

  /** Why a node cannot be written, run or taken away; undefined when it can. */
  #refuse(access: Access, uri: string): number | undefined {
    const address = this.#refuseAddress(uri)
    if (address) return address
    const key = keyOf(uri)
    if (this.#awaitsAdd(key, access)) return 404
    const rule = ruleOf(key)
    if (!rule) return isFixed(key) || this.#computed.holds(key) ? 405 : 404
    return rule.access.includes(access) ? undefined : 405
  }

  #refuseAddress(uri: string): number | undefined {
    if (!uri.startsWith('./')) return 400
    // Properties are optional, and Windows has none ([MS-MDM] 2.2.7); a list is for Get alone.
    if (uri.includes('?')) return 406
    const key = keyOf(uri)
    if (scopeOf(key) === 'user' && !this.hasUser) return 405
    const rule = ruleOf(key)
    const owner = rule && ownerOf(rule, key)
    const own = this.#owner()
    return owner !== undefined && own !== undefined && owner !== own ? 425 : undefined
  }

  /** The account's own Provider node is absent until the server has added it, and all below it with it (mdm-protocols.md, 3.3 [O]). */
  #awaitsAdd(key: string, access: Access): boolean {
    if (!key.startsWith(USER_PROVIDERS)) return false
    const end = key.indexOf('/', USER_PROVIDERS.length)
    const provider = end < 0 ? key : key.slice(0, end)
    return !(key === provider && access === 'Add') && !this.#nodes.has(provider)
  }

  /** Takes a node away with what is below it. False when there was nothing. */
  #take(key: string): boolean {
    const gone = this.#nodes.take(key).map(([each]) => each)
    if (gone.length > 0) this.#changed(gone)
    return gone.length > 0
  }

  #defaultOf(key: string, rule: NodeRule | undefined): string | undefined {
    if (rule?.default === undefined) return undefined
    // A default shows once there is what the server names on the way to it.
    return this.#isThere(key) ? rule.default : undefined
  }

  /** Whether a node is there without having been put there itself. */
  #isThere(key: string): boolean {
    if (isFixed(key)) return true
    const chosen = chosenPartOf(key)
    return chosen !== undefined && this.#nodes.has(chosen)
  }

  #formatOf(key: string, rule: NodeRule | undefined): NodeFormat {
    const format = this.#nodes.get(key)?.format ?? rule?.format ?? 'chr'
    return format === 'any' ? 'chr' : format
  }

  #record(command: string, uri: string, act: () => CspResult, value?: string): CspResult {
    const forced = this.refusals.statusOf(command, uri)
    const result = forced === undefined ? act() : { status: forced }
    const { status } = result
    const shown = shownValue(uri, value ?? result.node?.value)
    this.#journal.write({
      kind: 'csp',
      by: 'server',
      command,
      uri,
      status,
      ...shown,
      ...effectOf(command, uri, status),
    })
    this.#onCommand({ command, uri, status, ...shown })
    return result
  }

  #changed(keys: readonly string[]): void {
    if (this.#held) for (const key of keys) this.#held.push(key)
    else this.#announce(keys)
  }

  #announce(changed: Changed): void {
    for (const listener of [...this.#listeners]) listener(changed)
  }
}

/** That a command was taken, and nothing follows from it. */
function effectOf(command: string, uri: string, status: number): { effect?: 'none' } {
  const isTaken = command !== 'Get' && status >= 200 && status < 300
  return isTaken && ruleOf(keyOf(uri))?.effect === 'none' ? { effect: 'none' } : {}
}

/** A value as a journal may have it. */
function shownValue(uri: string, value: string | undefined): { value?: string } {
  if (value === undefined) return {}
  return { value: ruleOf(keyOf(uri))?.isSecret ? MASK : value }
}
