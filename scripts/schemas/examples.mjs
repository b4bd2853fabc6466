import { targetOf } from './keys.mjs'

/** Whether a key takes nothing but words of a closed list, or true and false: then the list is the example. */
export function isValueList(node, root) {
  if (node.$ref) return isValueList(targetOf(root, node.$ref), root)
  if (node.enum || node.const !== undefined || ['boolean', 'null'].includes(node.type)) return true
  const parts = node.anyOf ?? node.oneOf
  return parts?.every((one) => isValueList(one, root)) ?? false
}

/** The example of a list or an object, made of the examples of the keys that it must have. */
export function exampleOf(node, root, depth = 0) {
  if (depth > 6) return undefined
  if (node.$ref && node.examples === undefined) return exampleOf(targetOf(root, node.$ref), root, depth + 1)
  if (node.examples) return node.examples[0]
  if (node.const !== undefined) return node.const
  if (node.enum) return node.enum[0]
  if (node.type === 'boolean') return true
  if (node.type === 'array') {
    const one = node.items && exampleOf(node.items, root, depth + 1)
    return one === undefined ? undefined : [one]
  }
  if (node.type === 'object' && node.properties) return objectOf(node, root, depth)
  return undefined
}

/** One that has no key it must have gets the first one. */
function objectOf({ properties, required = [] }, root, depth) {
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1)
  const entries = names.map((name) => [name, exampleOf(properties[name] ?? {}, root, depth + 1)])
  return entries.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(entries)
}
