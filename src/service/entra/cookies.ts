/** The cookies of one walk through the pages of one origin, as a browser keeps them for its session (RFC 6265, 5.3 and 5.4). */
export class Cookies {
  readonly #kept = new Map<string, { path: string; pair: string }>()

  /** @param header what a page sets: one cookie, or several in one line */
  take(header: string | undefined, url: string): void {
    // A comma parts two cookies where a name follows; elsewhere it belongs to a date.
    for (const cookie of (header ?? '').split(/,(?=\s*[^\s;,=]+=)/)) {
      const [pair = '', ...attributes] = cookie.split(';').map((part) => part.trim())
      const name = pair.split('=')[0]!
      if (!pair.includes('=') || name === '') continue
      const given = new Map(attributes.map((text) => [text.split('=')[0]!.toLowerCase(), text.split('=')[1] ?? '']))
      const path = given.get('path')?.startsWith('/') ? given.get('path')! : defaultPath(url)
      const key = `${path} ${name}`
      if (isOver(given)) this.#kept.delete(key)
      else this.#kept.set(key, { path, pair })
    }
  }

  /** The header of a request; without it where there is nothing to send. */
  headerFor(url: string): { cookie?: string } {
    const { pathname } = new URL(url)
    const pairs = [...this.#kept.values()].filter(({ path }) => isBelow(pathname, path)).map(({ pair }) => pair)
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
  }
}

/** A walk is over before anything expires, so all that an age can say is that a cookie is taken back. */
const isOver = (attributes: ReadonlyMap<string, string>): boolean =>
  /^-?\d+$/.test(attributes.get('max-age') ?? '') && Number(attributes.get('max-age')) <= 0

const defaultPath = (url: string): string => new URL(url).pathname.replace(/\/[^/]*$/, '') || '/'

const isBelow = (pathname: string, path: string): boolean =>
  pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
