/** `POST *lookup*`: a method or none, and a URL in which `*` is anything. Letters of either case are alike. */
export interface RequestPattern {
  method?: string
  url: string
}

export function requestPattern(text: string): RequestPattern {
  const [url = '', method] = text.split(' ').reverse()
  return method === undefined ? { url } : { method, url }
}

export const matchesRequest = (
  { method, url }: RequestPattern,
  request: Readonly<{ method: string; url: string }>,
): boolean => (method === undefined || method === request.method) && matchesText(url, request.url)

/** `*` is anything. In linear time: each piece between two stars is looked for once, from where the one before it ended. */
export function matchesText(pattern: string, text: string): boolean {
  const url = text.toLowerCase()
  const [first = '', ...pieces] = pattern.toLowerCase().split('*')
  if (pieces.length === 0) return url === first
  const last = pieces.pop()!
  if (!url.startsWith(first)) return false
  let from = first.length
  for (const piece of pieces) {
    const at = url.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return url.length - last.length >= from && url.endsWith(last)
}
