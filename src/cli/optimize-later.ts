/** How often a function has to be used before V8 optimizes it, by the major version of Node: each V8 says it in its own words. */
const LATER: Readonly<Record<string, readonly string[]>> = {
  20: ['--interrupt-budget=1200000'],
  22: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
  24: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
  26: ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000'],
}

/** So many plays of one process, and fewer, end before code that was optimized is worth the work (docs/benchmark.md). */
export const FEW_PLAYS = 20

/** For the command line of another process. A version of Node that is not in the table is left as it is. */
export const laterFlags = (): readonly string[] => LATER[process.versions.node.split('.', 1)[0]!] ?? []

/** From here on V8's optimizing compilers begin later, in this whole process: for one that plays little, and then ends. */
export function optimizeLater(): void {
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  for (const flag of laterFlags()) setFlagsFromString(flag)
}
