/** How often a function has to be used before V8 optimizes it, by the major version of Node: each V8 says it in its own words. */
export const LATER: Readonly<Record<string, readonly string[]>> = {
  20: ['--interrupt-budget=1200000'],
  22: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
  24: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
  26: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
}

/** So many scenarios and fewer end before code that was optimized is worth the work (docs/benchmark.md). */
export const FEW_PLAYS = 20

/**
 * From here on V8's optimizing compilers begin later, in the whole process. For one that plays few scenarios, and then ends.
 * A version of Node that is not in the table is left as it is.
 */
export function optimizeLater(): void {
  const flags = LATER[process.versions.node.split('.', 1)[0]!] ?? []
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  for (const flag of flags) setFlagsFromString(flag)
}
