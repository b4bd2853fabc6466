import { spawnSync } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { temporaryFolder } from '../../cli/files.ts'
import { serve } from '../../cli/serve-scene.ts'
import { startForeign } from '../../contract/foreign-server.ts'
import { startSwtpm } from '../../contract/tpm/swtpm.ts'
import { isWithout } from '../../without.ts'
import { Terminal } from '../tmux.ts'

test('starts one of each kind, says so in a file, and waits', async () => {
  await serve()
  if (!isWithout('python3', 'openssl')) await startForeign()
  if (!isWithout('swtpm')) await startSwtpm()
  const terminal = new Terminal()
  await terminal.start('--speed', 'real', '--out', temporaryFolder())
  await terminal.sees('██ ██')
  const file = process.env.SAYS_SO!
  writeFileSync(`${file}-`, process.env.OOBE_TEST_RUN!)
  renameSync(`${file}-`, file)
  // A worker that waits this way notices nothing of its runner's end, nor has it a child that it could end.
  spawnSync('sh', ['-c', '(sleep 600) & sleep 600'])
})
