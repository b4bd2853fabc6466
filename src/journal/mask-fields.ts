import { MASK } from '../domain/secret.ts'
import type { KnownSecrets } from './known-secrets.ts'

/** `name=value&…` with each value masked that is a secret, however it is encoded. The others stay as they were written. */
export const maskedPairs = (pairs: string, secrets: KnownSecrets): string =>
  pairs
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at >= 0 && secrets.has(decoded(pair.slice(at + 1))) ? `${pair.slice(0, at)}=${MASK}` : pair
    })
    .join('&')

/** A URL without a user and a password in it, and with each value of its query masked that is a secret. */
export function maskedUrl(url: string, secrets: KnownSecrets): string {
  const authority = url.indexOf('://') + 3
  const end = authority < 3 ? -1 : url.slice(authority).search(/[/?#]|$/) + authority
  const at = end < 0 ? -1 : url.slice(0, end).lastIndexOf('@')
  const plain = at > authority ? `${url.slice(0, authority)}${MASK}${url.slice(at)}` : url
  const query = plain.indexOf('?')
  return query < 0 ? plain : plain.slice(0, query + 1) + maskedPairs(plain.slice(query + 1), secrets)
}

function decoded(text: string): string {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
