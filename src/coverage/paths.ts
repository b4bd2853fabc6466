const known = new Map<string, readonly string[]>()
const KNOWN_MAX = 10_000

/** The states of a journal's `from` or `to`, such as `a.b,a.c`, those around them included, each once. The same ones come again and again. */
export function pathsOf(leaves = ''): readonly string[] {
  const before = known.get(leaves)
  if (before) return before
  const all = leaves === '' ? [] : leaves.split(',').flatMap(around)
  const paths = [...new Set(all)]
  if (known.size < KNOWN_MAX) known.set(leaves, paths)
  return paths
}

const around = (leaf: string): string[] => leaf.split('.').map((_, index, words) => words.slice(0, index + 1).join('.'))
