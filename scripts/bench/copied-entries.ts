import { createHash } from 'node:crypto'
import { decodeValues, encodeValues } from '../../src/cli/serve/values.ts'
import type { TenantState } from '../../src/mock-service/state/tenant-state.ts'
import type { Tenant } from '../../src/mock-service/tenant.ts'

/** Entries of the maps of a tenant's state, as text: by the name of their part, of their map, and by their key. */
export type Entries = Map<string, string>

/** What names a device, and what is its own: in the same order for each. */
export type Names = readonly string[]

/** One for the whole school, and not of a device. */
const SHARED = ['authorities', 'rules', 'policies']

function mapsOf(state: TenantState): [part: string, name: string, map: Map<unknown, unknown>][] {
  return Object.entries(state).flatMap(([part, value]) =>
    Object.entries(value as object).flatMap(([name, map]: [string, unknown]) =>
      map instanceof Map && !SHARED.includes(name) ? [[part, name, map] as [string, string, typeof map]] : [],
    ),
  )
}

const placeOf = (part: string, name: string, key: unknown): string => JSON.stringify([part, name, key])

export const entriesOf = (state: TenantState): Entries =>
  new Map(
    mapsOf(state).flatMap(([part, name, map]) =>
      [...map].map(([key, value]) => [placeOf(part, name, key), encodeValues(value)] as const),
    ),
  )

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/**
 * What the played devices have left behind, once more for as many targets at a time: under their names, and with ids of their own.
 *
 * @param played names of the devices that have had their first boot
 */
export function* copiesOf(left: Entries, played: readonly Names[], targets: readonly Names[]): Generator<Entries> {
  const lines = [...left].map(([place, text]) => `${place}\t${text}`).join('\n')
  const keys = [...left.keys()].map(keyIn)
  const own = new Set([...played.flat(), ...keys, ...guidsOfDevices(left)])
  const pattern = new RegExp(
    [...own]
      .sort((a, b) => b.length - a.length)
      .map(escaped)
      .join('|'),
    'g',
  )
  const pieces = lines.split(pattern)
  const slots = lines.match(pattern) ?? []
  for (let from = 0; from + played.length <= targets.length; from += played.length) {
    const names = new Map(
      played.flatMap((of, index) => of.map((name, place) => [name, targets[from + index]![place]!] as const)),
    )
    const substitute = (token: string): string => {
      const name = names.get(token) ?? another(token, from)
      names.set(token, name)
      return name
    }
    const text = pieces.map((piece, index) => piece + (index in slots ? substitute(slots[index]!) : '')).join('')
    yield new Map(text.split('\n').map((line) => line.split('\t') as [string, string]))
  }
}

const keyIn = (place: string): string => (JSON.parse(place) as string[])[2]!

/** Ids that one device has. What two of them have is the school's: an app, a group. */
function guidsOfDevices(left: Entries): string[] {
  const seen = new Map<string, number>()
  const managed = [...left].filter(([place]) => place.startsWith('["management","managed"'))
  for (const [, text] of managed) {
    for (const id of new Set(text.match(GUID))) seen.set(id, (seen.get(id) ?? 0) + 1)
  }
  return [...seen].flatMap(([id, devices]) => (devices === 1 ? [id] : []))
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** An id that looks like the other one: digits stay digits. */
function another(token: string, copy: number): string {
  const bytes = createHash('sha512').update(`${copy} ${token}`).digest()
  let at = 0
  const next = (count: number): number => bytes[at++ % bytes.length]! % count
  const isHex = /^[0-9a-f-]+$/.test(token)
  return token.replace(/[0-9]|[a-z]|[A-Z]/g, (one) => {
    if (/[0-9]/.test(one)) return String(next(10))
    const letter = String.fromCharCode(97 + next(isHex || /^[0-9A-F-]+$/.test(token) ? 6 : 26))
    return one === one.toLowerCase() ? letter : letter.toUpperCase()
  })
}

/** Puts entries into what a school remembers. */
export function setEntries({ state }: Tenant, copies: Iterable<Entries>): void {
  const maps = new Map(mapsOf(state).map(([part, name, map]) => [`${part} ${name}`, map]))
  const { devices } = state.directory.past.at(-1)!.state
  for (const entries of copies) {
    for (const [place, text] of entries) {
      const [part, name, key] = JSON.parse(place) as [string, string, string]
      const value = decodeValues(text)
      // One object in two places, as after a first boot.
      const { device } = value as { device?: { registered?: { id: string } } }
      if (device?.registered) device.registered = devices.get(device.registered.id)!
      maps.get(`${part} ${name}`)!.set(key, value)
    }
  }
}
