import { configDefaults, defineConfig } from 'vitest/config'
import { isWithout } from './test/without.ts'

/** Whole files that have other programs for judges. */
const JUDGED = [
  { programs: ['openssl', 'python3'], files: ['test/contract/foreign-*.test.ts'] },
  { programs: ['openssl'], files: ['test/scenario/target.test.ts', 'test/simulation/key-policy.test.ts'] },
]
const leftOut = JUDGED.flatMap(({ programs, files }) => (isWithout(...programs) ? files : []))
if (leftOut.length > 0) console.warn(`without openssl or python3 these are left out: ${leftOut.join(', ')}`)

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: [...configDefaults.exclude, ...leftOut],
    globalSetup: ['test/build-once.ts'],
    // Real programs and real RSA on two slow cores: generous, and never what a test is about.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'dist/test-results.json' }]] : ['default'],
  },
})
