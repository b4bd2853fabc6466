import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createActor } from 'xstate'
import { openInspection } from '../../src/cli/inspection.ts'
import { KnownSecrets } from '../../src/journal/known-secrets.ts'
import { sampleMachine } from '../charts/sample.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

test('the example of a viewer prints the states', async () => {
  const example = /^```js\n(.*?)^```$/ms.exec(readFileSync(`${root}docs/inspect.md`, 'utf8'))![1]!
  const { address, onInspection, close } = await openInspection(0)
  onTestFinished(close)
  const actor = createActor(sampleMachine, { inspect: (event) => onInspection(event, new KnownSecrets()) })
  actor.start()
  const viewer = spawn(process.execPath, ['--input-type=module', '-', address], { cwd: root, stdio: 'pipe' })
  onTestFinished(() => void viewer.kill('SIGKILL'))
  viewer.stdin.end(example)
  const printed = await new Promise<string>((done) => viewer.stdout.setEncoding('utf8').once('data', done))
  expect(printed).toBe(`${actor.sessionId} asking\n`)
  actor.stop()
})
