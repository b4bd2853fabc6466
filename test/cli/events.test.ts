import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { call, file, folder } from './call.ts'

const HAPPY = readFileSync('scenarios/happy/surface-wifi-happy-path.yaml', 'utf8')

async function withEvents(events: string) {
  const path = file('story.yaml', HAPPY.replace('expect:\n', `events:\n${events}expect:\n`))
  const { code, stdout } = await call('run', path, '--transport', 'direct', '--out', folder)
  return { code, stdout, path }
}

test('an event on a page, on a command and on another event happens, and the device reaches the desktop', async () => {
  const { code, stdout } = await withEvents(
    `${[
      '  - { name: away, when: { page: enrollmentStatus }, later: 5s, wifi: off, for: 20s }',
      '  - { when: { after: away }, clock: 2m }',
      '  - { when: { csp: "Replace *ServerHasFinishedProvisioning*" }, push: true }',
      '  - { when: { left: network.choosing }, clock: -1s }',
    ].join('\n')}\n`,
  )
  expect([code, stdout]).toEqual([0, expect.stringContaining('1 passed')])
})

test('an event that does nothing fails the run, with its line', async () => {
  const { code, stdout } = await withEvents('  - { when: { page: network }, cable: out }\n')
  expect(code).toBe(1)
  expect(stdout).toMatch(/events\.0 \(cable out\) had no effect: nothing came of it\. \S*story\.yaml:\d+/)
})
