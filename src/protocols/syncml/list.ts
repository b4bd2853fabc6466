/** Separates the parts of a string list in a CSP node: U+F000, in XML `&#xF000;`. */
export const LIST_SEPARATOR = '\uf000'

/** The parts of a list, without the empty ones that a leading or trailing separator makes. */
export const splitList = (value: string): string[] => value.split(LIST_SEPARATOR).filter((part) => part !== '')

/** @throws Error when a part holds the separator, which no list can carry. */
export function joinList(parts: readonly string[]): string {
  if (parts.some((part) => part.includes(LIST_SEPARATOR))) throw new Error('A part of a list holds its separator')
  return parts.join(LIST_SEPARATOR)
}
