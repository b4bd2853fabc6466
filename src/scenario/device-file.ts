import { Document, isCollection, isMap, isScalar, type Node, visit } from 'yaml'
import type { DeviceDefinition } from '../domain/device.ts'

/** The text of a device file, as a person would write one: lists and small groups of facts on a line. */
export function deviceFileText(device: DeviceDefinition, comment: string): string {
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
  return document.toString({ lineWidth: 0, singleQuote: true })
}

const holdsValuesOnly = (node: Node): boolean =>
  isCollection(node) && node.items.every((item) => isScalar(isMap(node) ? (item as { value: unknown }).value : item))
