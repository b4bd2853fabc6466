// biome-ignore lint/suspicious/noExplicitAny: the words of a schema are of any kind
type Schema = Record<string, any>
type Plain = Record<string, unknown>

const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value)

const targetOf = (root: Schema, ref: string): Schema =>
  ref
    .split('/')
    .slice(1)
    .reduce((node, key) => node[key], root)

/** The shapes that a value may have. */
function shapesOf(node: Schema, root: Schema): Schema[] {
  if (node.$ref) return shapesOf(targetOf(root, node.$ref), root)
  return [
    node,
    ...[...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])].flatMap((one) => shapesOf(one, root)),
  ]
}

/** The examples of a key, also where its schema is a shared part. */
export function examplesOf(node: Schema, root: Schema): unknown[] {
  return node.examples ?? shapesOf(node, root).find(({ examples }) => examples)?.examples ?? []
}

/** Files in which a key has this value: the file as it is, or with little beside the key. The first that is right is enough. */
export function* filesWith(schema: Schema, file: unknown, path: readonly string[], value: unknown): Generator {
  yield* placed(schema, schema, file, path, value, FEW)
  yield* placed(schema, schema, file, path, value, Number.POSITIVE_INFINITY)
}

/** Most keys need no more than what is there, or what has to be there. */
const FEW = 3

function* placed(
  node: Schema,
  root: Schema,
  file: unknown,
  path: readonly string[],
  value: unknown,
  width: number,
): Generator {
  const [key, ...rest] = path
  if (key === undefined) {
    yield value
    return
  }
  const [example] = examplesOf(node, root)
  const now = file ?? example
  for (const shape of shapesOf(node, root)) {
    if (key === '*' && isPlain(shape.items)) {
      const [first, ...others] = Array.isArray(now) ? now : []
      for (const one of placed(shape.items, root, first, rest, value, width)) yield* [[one, ...others], [one]]
    } else if (key === '<>' && isPlain(shape.additionalProperties)) {
      const before = isPlain(now) ? now : {}
      const [name = 'pupil'] = Object.keys(before)
      for (const one of placed(shape.additionalProperties, root, before[name], rest, value, width))
        yield { ...before, [name]: one }
    } else if (isPlain(shape.properties?.[key])) {
      for (const beside of besides(shape, root, [now, example]).slice(0, width))
        for (const one of placed(shape.properties[key], root, beside[key], rest, value, width))
          yield { ...beside, [key]: one }
    }
  }
}

/** What may be beside a key: what is there, what has to be, and one key more. */
function besides({ properties, required = [] }: Schema, root: Schema, there: unknown[]): Plain[] {
  const told = (names: string[]) =>
    Object.fromEntries(names.map((name) => [name, exampleOf(properties[name] ?? {}, root)]))
  const more = Object.keys(properties).filter((name) => !required.includes(name))
  return [...new Set(there.filter(isPlain)), told(required), ...more.map((name) => told([...required, name]))]
}

function exampleOf(node: Schema, root: Schema): unknown {
  const values = shapesOf(node, root).map(
    (shape) => shape.enum?.[0] ?? shape.const ?? (shape.type === 'boolean' || undefined),
  )
  return examplesOf(node, root)[0] ?? values.find((one) => one !== undefined)
}
