/** Replaces in a key a slash inside of a name, which is `%2F` in a LocURI. */
const SLASH = '\u0000'

const KEYS_MAX = 10_000
const keys = new Map<string, string>()

/** One spelling for each node: device scope in full, names decoded, no slash at the end. */
export function keyOf(uri: string): string {
  const known = keys.get(uri)
  if (known !== undefined) return known
  const key = spell(uri)
  if (keys.size < KEYS_MAX) keys.set(uri, key)
  return key
}

function spell(uri: string): string {
  const full = /^\.\/Vendor(\/|$)/.test(uri) ? `./Device${uri.slice(1)}` : uri
  return full.replace(/\/$/, '').split('/').map(decodeSegment).join('/')
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('/', SLASH)
  } catch {
    return segment
  }
}

/** The name of a node, as it was before it became a part of a key. */
export const nameOf = (segment: string): string => segment.replaceAll(SLASH, '/')

export const scopeOf = (key: string): 'device' | 'user' => (/^\.\/User(\/|$)/.test(key) ? 'user' : 'device')
