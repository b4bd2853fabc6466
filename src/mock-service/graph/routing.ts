import type { GraphRoute } from './contract.ts'
import { GraphError, unreadable } from './graph-error.ts'

/** A route that has been found, and the values of its `{id}`s. */
export interface Match {
  route: GraphRoute
  params: string[]
}

interface Prepared {
  route: GraphRoute
  segments: readonly string[]
}

/** Where a request goes. */
export interface Path {
  /** As it is written; `v1.0` or `beta` once it is checked. */
  version: string
  segments: string[]
  /** The path ended in `/$count`. */
  isCount: boolean
}

/**
 * `groups('id')` and `groups(id='id')` are `groups/id`; `devices(deviceId='id')` keeps the name of its key. Empty segments count for nothing, as in OData's reader of URLs [M].
 *
 * @throws GraphError 400
 */
export function pathOf(url: URL): Path {
  const [version = '', ...segments] = url.pathname
    .replace(/\((deviceid)=(?:'|%27)([^'()]*)(?:'|%27)\)/gi, "/$1='$2'")
    .replace(/\((?:id=)?(?:'|%27)((?:[^'()]|'')*?)(?:'|%27)\)/gi, '/$1')
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded)
  const isCount = segments.at(-1)?.toLowerCase() === '$count'
  return { version, segments: isCount ? segments.slice(0, -1) : segments, isCount }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll("''", "'")
  } catch {
    throw unreadable(`"${segment}" is no part of a URL`)
  }
}

/** @throws GraphError 404, as Graph says it since 2025 [1] */
export function versionOf({ version }: Path): 'v1.0' | 'beta' {
  const name = version.toLowerCase()
  if (name === 'v1.0' || name === 'beta') return name
  throw new GraphError(404, 'ResourceNotFound', `Invalid version: ${name}`, {}, { origin: 'gateway' })
}

/** Finds routes by their segments. */
export class Routes {
  readonly #byLength = new Map<number, Prepared[]>()
  readonly #names = new Set<string>()

  constructor(routes: readonly GraphRoute[]) {
    for (const route of routes) {
      const segments = route.path.slice(1).toLowerCase().split('/')
      this.#byLength.set(segments.length, [...(this.#byLength.get(segments.length) ?? []), { route, segments }])
      for (const segment of segments) this.#names.add(segment)
    }
  }

  /** Routes of any method at this path; those that name a segment come before those that take any. */
  at(path: readonly string[]): Match[] {
    const wanted = path.map((segment) => segment.toLowerCase())
    return (this.#byLength.get(path.length) ?? [])
      .flatMap(({ route, segments }) => {
        const params = match(segments, wanted, path)
        return params ? [{ route, params }] : []
      })
      .sort((a, b) => a.params.length - b.params.length)
  }

  /** The first segment that no route has. */
  unknownIn(path: readonly string[]): string {
    return path.find((segment) => !this.#names.has(bare(segment.toLowerCase()))) ?? path.at(-1) ?? ''
  }
}

/** `microsoft.graph.import` is `import`. */
const bare = (segment: string): string => segment.replace(/^microsoft\.graph\.(?=\w+$)/, '')

function match(route: readonly string[], wanted: readonly string[], path: readonly string[]): string[] | undefined {
  const params: string[] = []
  for (const [index, part] of route.entries()) {
    if (part === '{id}') params.push(path[index]!)
    else if (part !== wanted[index] && part !== bare(wanted[index]!)) return undefined
  }
  return params
}

/** Which segments are keys, by the route that has been found. */
export const keysOf = ({ route }: Match): boolean[] =>
  route.path
    .slice(1)
    .split('/')
    .map((segment) => segment === '{id}')
