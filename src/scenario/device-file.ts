import { Document, isCollection, isMap, isNode, isScalar, type Node, visit } from 'yaml'
import type { DeviceDefinition } from '../domain/device.ts'

/**
 * The text of a device file, as a person would write one: lists and small groups of facts on a line.
 *
 * @param remarks What is said of a fact beside it, by its path; facts of one line share a remark.
 */
export function deviceFileText(
  device: DeviceDefinition,
  comment: string,
  remarks: ReadonlyMap<string, string> = new Map(),
): string {
  const { id: _, ...facts } = device
  const document = new Document(facts, { aliasDuplicateObjects: false })
  document.commentBefore = comment
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n')
  visit(document, {
    Collection: (_key, node, path) => {
      // The facts of a device are its first level; what holds nothing but values below it fits on a line.
      if (path.length > 1 && holdsValuesOnly(node)) node.flow = true
    },
  })
  for (const [line, remark] of lineRemarks(document, remarks)) {
    const node = document.getIn(line.split('.'), true)
    if (isNode(node)) node.comment = ` ${remark}`
  }
  return document.toString({ lineWidth: 0, singleQuote: true })
}

const holdsValuesOnly = (node: Node): boolean =>
  isCollection(node) && node.items.every((item) => isScalar(isMap(node) ? (item as { value: unknown }).value : item))

/** Remarks by the line that they are about: the path of a fact, or of the group that is written on one line. */
function lineRemarks(document: Document, remarks: ReadonlyMap<string, string>): Map<string, string> {
  const named = new Map<string, Map<string, string[]>>()
  for (const [path, remark] of remarks) {
    const line = lineOf(document, path.split('.'))
    const byText = named.get(line) ?? new Map<string, string[]>()
    named.set(line, byText)
    byText.set(remark, [...(byText.get(remark) ?? []), path.slice(line.length + 1)])
  }
  const textOf = ([remark, names]: [string, string[]]): string => {
    const shown = names.filter((name) => name !== '' && !/^\d+$/.test(name))
    return shown.length === 0 ? remark : `${shown.join(', ')}: ${remark}`
  }
  return new Map([...named].map(([line, byText]) => [line, [...byText].map(textOf).join('; ')]))
}

function lineOf(document: Document, path: readonly string[]): string {
  for (let length = 1; length < path.length; length++) {
    const above = path.slice(0, length)
    const node = document.getIn(above, true)
    if (isCollection(node) && node.flow) return above.join('.')
  }
  return path.join('.')
}
