/** Shorter parts are written where they are. */
const LENGTH_MIN = 300

const LISTS = ['anyOf', 'oneOf', 'allOf']
const MAPS = ['properties', 'patternProperties', '$defs']
const SINGLE = ['items', 'additionalProperties', 'not', 'if', 'then', 'else']

/** What a schema says more than once is said in `$defs`, once. */
export function shared(schema) {
  const counts = new Map()
  const count = (node) => {
    const text = JSON.stringify(node)
    const known = counts.get(text) ?? 0
    counts.set(text, known + 1)
    if (known === 0) each(node, counted)
  }
  const counted = (inner) => {
    count(inner)
    return inner
  }
  each(schema, counted)
  const defs = new Map()
  const put = (node) => {
    const text = JSON.stringify(node)
    if (text.length < LENGTH_MIN || counts.get(text) < 2 || node.$ref) return each(node, put)
    if (!defs.has(text)) {
      const name = `part${defs.size + 1}`
      defs.set(text, { name, node: undefined })
      defs.get(text).node = each(node, put)
    }
    return { $ref: `#/$defs/${defs.get(text).name}` }
  }
  const { $defs, ...rest } = each(schema, put)
  const parts = Object.fromEntries([...defs.values()].map(({ name, node }) => [name, node]))
  const all = { ...$defs, ...parts }
  return Object.keys(all).length > 0 ? { ...rest, $defs: all } : rest
}

/** A copy whose parts, as far as they are schemas, are others. */
function each(node, change) {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node
  const isSchema = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (LISTS.includes(key)) return [key, value.map((one) => (isSchema(one) ? change(one) : one))]
      if (MAPS.includes(key))
        return [
          key,
          Object.fromEntries(Object.entries(value).map(([name, one]) => [name, isSchema(one) ? change(one) : one])),
        ]
      if (SINGLE.includes(key) && isSchema(value)) return [key, change(value)]
      return [key, value]
    }),
  )
}
