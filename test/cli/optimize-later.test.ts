import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { laterFlags } from '../../src/cli/optimize-later.ts'
import { startWorkerProcess } from '../../src/ports/worker-process.ts'

const flags = laterFlags()

/** V8 prints an error for a flag that it does not know. A version of Node that is not in the table has none. */
test.skipIf(flags.length === 0)('the flags of this version of Node are flags that its V8 has', () => {
  const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' })
  for (const flag of flags) {
    const [name, value] = flag.split('=')
    const said = new RegExp(`^  ${name} .*\n +type: int  default: ${name}=(\\d+)$`, 'm').exec(known)
    expect(Number(value), flag).toBeGreaterThan(Number(said?.[1]))
  }
})

test('another process has the flags that it is given, before those of this one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-flags-'))
  try {
    const file = join(folder, 'tells.mjs')
    writeFileSync(file, 'process.send(process.execArgv, () => process.disconnect())')
    const told = await new Promise((resolve) => {
      startWorkerProcess(file, ['--max-semi-space-size=4']).onMessage(resolve)
    })
    expect(told).toEqual(['--max-semi-space-size=4', ...process.execArgv])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
