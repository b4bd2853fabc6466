import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { LATER } from '../../src/cli/optimize-later.ts'

/** V8 prints an error for a flag that it does not know. */
test('the flags of this version of Node are flags that its V8 has', () => {
  const flags = LATER[process.versions.node.split('.')[0]!]!
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  for (const flag of flags) {
    const [name, value] = flag.split('=')
    const said = new RegExp(`^  ${name} .*\n +type: int  default: ${name}=(\\d+)$`, 'm').exec(known)
    expect(Number(value), flag).toBeGreaterThan(Number(said?.[1]))
  }
})
