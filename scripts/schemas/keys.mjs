/** Every key of a schema with its path, where `*` is an entry of a list and `<>` any name. */
export function* keysOf(schema, root = schema, path = '', seen = new Set()) {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return
  seen.add(schema)
  const { $ref, properties = {}, items, additionalProperties } = schema
  if ($ref) yield* keysOf(targetOf(root, $ref), root, path, seen)
  for (const [name, node] of Object.entries(properties)) {
    if (typeof node !== 'object') continue
    yield { path: `${path}${name}`, node, root }
    yield* keysOf(node, root, `${path}${name}.`, seen)
  }
  if (items) yield* keysOf(items, root, `${path}*.`, seen)
  if (typeof additionalProperties === 'object') yield* keysOf(additionalProperties, root, `${path}<>.`, seen)
  for (const part of ['anyOf', 'oneOf'])
    for (const one of schema[part] ?? []) if (!one.required || one.type) yield* keysOf(one, root, path, seen)
}

export const targetOf = (root, ref) =>
  ref
    .split('/')
    .slice(1)
    .reduce((node, key) => node[key], root)
