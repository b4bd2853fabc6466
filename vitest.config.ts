import { configDefaults, defineConfig } from 'vitest/config'
import { LANES } from './test/lanes.ts'
import { isWithout } from './test/without.ts'

/** Whole files that have other programs for judges. */
const JUDGED = [
  { programs: ['openssl', 'python3'], files: ['test/contract/foreign-*.test.ts'] },
  { programs: ['openssl'], files: ['test/scenario/target.test.ts', 'test/simulation/key-policy.test.ts'] },
]
const leftOut = JUDGED.flatMap(({ programs, files }) => (isWithout(...programs) ? files : []))
if (leftOut.length > 0) console.warn(`without openssl or python3 these are left out: ${leftOut.join(', ')}`)

const everyLane = {
  exclude: [...configDefaults.exclude, ...leftOut],
  // Real programs and real RSA on two slow cores: generous, and never what a test is about.
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // Two files at a time on two cores as well: each waits for its programs much of the time.
  maxWorkers: '100%',
  sequence: { groupOrder: 1 },
}

export default defineConfig(({ mode }) => ({
  test: {
    globalSetup: ['test/leave-nothing.ts'],
    projects: [
      {
        test: {
          ...everyLane,
          name: 'unit',
          // No process is started, not even by the test runner.
          pool: 'threads',
          // First, and alone: it takes all cores.
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...everyLane.exclude, ...LANES.program, ...LANES.foreign, ...LANES.long],
        },
      },
      {
        test: {
          ...everyLane,
          name: 'program',
          include: LANES.program,
          globalSetup: ['test/build-once.ts'],
          // Golden files are written from runs alone.
          env: mode === 'golden' ? { OOBE_GOLDEN: '1' } : {},
        },
      },
      { test: { ...everyLane, name: 'foreign', include: LANES.foreign } },
      {
        // All of it with `--mode long`, otherwise a sample.
        test: { ...everyLane, name: 'long', include: LANES.long, env: mode === 'long' ? { OOBE_LONG: '1' } : {} },
      },
    ],
    reporters: process.env.CI ? ['default', 'json'] : ['default'],
    // `--outputFile.json` names another one.
    outputFile: { json: 'dist/test-results.json' },
  },
}))
