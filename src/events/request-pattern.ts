import { matchesText } from '../domain/text-pattern.ts'

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
