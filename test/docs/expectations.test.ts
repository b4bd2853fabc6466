import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { EXPECTATIONS } from '../../src/scenario/expect/expectations.ts'
import { call, file } from '../cli/call.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/authoring.md'), 'utf8')
const section = page.split('## What is expected')[1]!.split('\n## ')[0]!

test('the table has every key with its matcher', () => {
  const rows = section.split('\n').filter((line) => line.startsWith('| `'))
  for (const { keys, matcher } of Object.values(EXPECTATIONS)) {
    const row = rows.find((line) => line.includes(`| \`${matcher}\` |`))
    for (const key of Object.keys(keys)) expect(row?.split('|')[1]).toContain(`\`${key}\``)
  }
  expect(rows).toHaveLength(Object.keys(EXPECTATIONS).length + 1)
})

test('the example passes, and each of its expectations is one that can fail', async () => {
  const yaml = /```yaml\n(.*?)```/s.exec(section)![1]!
  expect(await call('run', file('example.yaml', yaml), '--transport', 'direct')).toMatchObject({ code: 0, stderr: '' })
  const spoiled = yaml
    .replace('Contoso-Students, control: Next', 'Contoso-Students, control: Nxt')
    .replace('value: 60', 'value: 61')
    .replace('profile: Classroom', 'profile: Staff')
    .replace('boots: 3', 'boots: 4')
  const { code, stdout } = await call('run', file('spoiled.yaml', spoiled), '--transport', 'direct')
  expect(code).toBe(1)
  expect(stdout.match(/^ {4}expected /gm)).toHaveLength(4)
})
