import { safeText } from './safe-text.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as it is written between the tags of HTML and SVG, and between quotes. Nothing else is done to it. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)

/** Text from outside that is only text, in an element or an attribute of HTML; at most `length` characters of it. */
export const htmlText = (value: string, length: number): string => escapeHtml(safeText(value, length))
