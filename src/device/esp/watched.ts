import { splitList } from '../../protocols/syncml/list.ts'
import type { CspTree } from '../csp/csp-tree.ts'
import { keyOf, nameOf } from '../csp/node-key.ts'
import { Tally } from './tally.ts'

/** The entries that a list in the tree names, each with what is below it in the tree. */
export class NamedEntries<Mark extends string> {
  readonly tally: Tally<Mark>
  readonly #tree: CspTree
  readonly #list: string
  readonly #key: string
  readonly #uriOf: (entry: string) => string

  /**
   * @param list URI of the list
   * @param uriOf where an entry says more than a URI
   */
  constructor(
    tree: CspTree,
    list: string,
    marksOf: (uri: string) => readonly Mark[],
    uriOf = (entry: string): string => entry,
  ) {
    this.#tree = tree
    this.#list = list
    this.#key = keyOf(list)
    this.#uriOf = uriOf
    this.tally = new Tally(marksOf)
    this.#read()
  }

  /**
   * False when the node is neither the list nor below an entry of it.
   *
   * @param path of a changed node: {@link pathOf}
   */
  see(path: readonly string[]): boolean {
    let isMine = path[0] === this.#key
    if (isMine) this.#read()
    if (this.tally.size === 0) return isMine
    for (const key of path) if (this.tally.look(key)) isMine = true
    return isMine
  }

  #read(): void {
    this.tally.clear()
    for (const entry of splitList(this.#tree.read(this.#list) ?? '')) {
      const uri = this.#uriOf(entry)
      this.tally.add(keyOf(uri), uri)
    }
  }
}

/** The nodes below one of the tree, so many names down: they come and go with it. */
export class NodesBelow<Mark extends string> {
  readonly tally: Tally<Mark>
  readonly #tree: CspTree
  readonly #base: string
  readonly #prefix: string
  readonly #levels: number

  constructor(tree: CspTree, base: string, levels: number, marksOf: (uri: string) => readonly Mark[]) {
    this.#tree = tree
    this.#base = base
    this.#prefix = `${keyOf(base)}/`
    this.#levels = levels
    this.tally = new Tally(marksOf)
    for (const uri of this.#uris(base, levels)) this.tally.add(keyOf(uri), uri)
  }

  /** Whether a key is of a node below the one that is watched. */
  isBelow(key: string): boolean {
    return key.startsWith(this.#prefix)
  }

  /** URI of one that has changed, and is there; undefined for a node that is none of these. */
  see(changed: string): string | undefined {
    if (!this.isBelow(changed)) return undefined
    const names = changed.slice(this.#prefix.length).split('/', this.#levels)
    if (names.length < this.#levels) return undefined
    const uri = [this.#base, ...names.map((name) => encodeURIComponent(nameOf(name)))].join('/')
    const key = keyOf(uri)
    const isThere = this.#tree.has(uri)
    if (!isThere) this.tally.remove(key)
    else if (this.tally.has(key)) this.tally.look(key)
    else this.tally.add(key, uri)
    return isThere ? uri : undefined
  }

  #uris(above: string, levels: number): string[] {
    const below = this.#tree.children(above).map((name) => `${above}/${encodeURIComponent(name)}`)
    return levels === 1 ? below : below.flatMap((uri) => this.#uris(uri, levels - 1))
  }
}

/** A key, and then those above it. */
export function pathOf(key: string): string[] {
  const path = [key]
  for (let end = key.lastIndexOf('/'); end > 0; end = key.lastIndexOf('/', end - 1)) path.push(key.slice(0, end))
  return path
}
