import { safeText } from './safe-text.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text that is only text, in an element or an attribute of HTML; at most `length` characters of it. */
export const htmlText = (value: string, length: number): string =>
  safeText(value, length).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
