import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Deployment } from '../../src/mock-service/oma-dm/deployment.ts'
import { call, expectRefused, folder } from './call.ts'
import { begun, requests, START, state } from './data-folder-scene.ts'

const play = (...names: string[]) => call('run', ...names, '--out', join(folder, 'oobe-results'))

test('a failed run: phases with their times, the failed step and its code, and what the school sees', async () => {
  await play('win32-app-fails')
  const { code, stdout } = await call('tenant', 'report', 'win32-app-fails')
  expect(code).toBe(0)
  expect(stdout).toMatch(/Device preparation +3:50 +1:57 +succeeded\n/)
  expect(stdout).toMatch(/Device setup +5:48 +54\.1s +failed: Apps \(Error\), 0x80004005\n/)
  expect(stdout).toContain('why: the Win32 app "Safe Exam Browser" failed: exit code 1603, 0x80070643\n')
  // The device does not come back to tell: for the school it is still at work.
  expect(stdout).toMatch(/deployment +inProgress, PT0S\n/)
})

test('a failure that was repaired is one for the school, and for programs it is all there', async () => {
  await play('app-fails-try-again', 'not-registered')
  const { stdout } = await call('tenant', 'report', 'app-fails-try-again', 'not-registered', '--json')
  const [repaired, foreign] = JSON.parse(stdout) as Record<string, unknown>[]
  expect(repaired).toMatchObject({
    run: 'app-fails-try-again',
    user: 'alice@contoso.example',
    autopilotEvents: [
      { deploymentState: 'failure', deviceSetupStatus: 'failure', policyStatusDetails: expect.any(Array) },
    ],
  })
  expect(repaired!.phases).toContainEqual({
    name: 'Device setup',
    state: 'succeeded',
    failures: 1,
    startedAt: '2026-09-07T08:05:48.400Z',
    endedAt: '2026-09-07T08:08:58.650Z',
    seconds: 190.25,
    failedStep: { label: 'Apps', status: '0x801901f7' },
    code: '0x801901f7',
  })
  expect(foreign).toMatchObject({ profile: '', autopilotEvents: [] })
})

test('an enrolment that was refused says so on both sides', async () => {
  await play('user-without-licence')
  const { stdout } = await call('tenant', 'report', 'user-without-licence')
  expect(stdout).toMatch(/Enrolment in management +2:24 +47\.3s +failed: 0x80180018\n/)
  expect(stdout).toMatch(/enrolment +failed, .*: the user has no licence for device management\n/)
})

test('without its vault a run is not played again: the device has its side, the school is not known', async () => {
  await play('not-registered')
  rmSync(join(folder, 'oobe-results/not-registered/vault.json'))
  const { code, stdout } = await call('tenant', 'report', 'not-registered')
  expect(code).toBe(0)
  expect(stdout).toMatch(/Sign-in +1:52/)
  expect(stdout).toMatch(/as the school sees it\n {2}not known: .*vault\.json/)
})

test('a journal that was cut, and one that was changed, do not speak for the school', async () => {
  await play('not-registered')
  const path = join(folder, 'oobe-results/not-registered/journal.ndjson')
  const text = readFileSync(path, 'utf8')
  writeFileSync(
    path,
    text.replace('"title":"Sign in"', '"title":"Sign on"').replace('Just a moment', 'Just one moment'),
  )
  expect((await call('tenant', 'report', path)).stdout).toContain(
    'not known: this version of oobe-sim plays the run otherwise than it was recorded',
  )
  writeFileSync(path, text.slice(0, text.length / 2))
  const torn = await call('tenant', 'report', path)
  expect(torn.stderr).toContain('ends in the middle of a line')
  expect(torn.stdout).toContain('not known: the journal ends before the run did')
})

const REPORTED: Deployment = {
  ...{ id: 'd1', managedDeviceId: 'm1', registrationId: 'r1', serialNumber: 'SIM-1', deviceName: 'CLS-1' },
  ...{ upn: 'alice@contoso.example', osVersion: '10.0.26100.1', profileName: 'Classroom laptops', mode: 'userDriven' },
  ...{ statusPage: { id: 'school', name: 'School devices' }, registeredAt: START, startedAt: START, failure: '' },
  deviceSetup: { state: 'failure', startedAt: START, endedAt: START + 90_000 },
  accountSetup: { state: 'inProgress', startedAt: undefined, endedAt: undefined },
  ...{ targetedApps: 2, targetedPolicies: 4 },
  statuses: [
    { id: 'a', name: 'PaperCut', type: 'application', compliance: 'error', errorCode: -2147023293, reportedAt: START },
  ],
}

let data: string
beforeEach(() => {
  const kept = begun()
  data = kept.path
  const [request] = requests(1)
  kept.data.record(request!)
  const now = state(START + 1)
  now.tenant.management.deployments.set('d1', REPORTED)
  kept.data.snapshot(now)
  kept.data.close()
})

test('a kept school tells its report', async () => {
  const { code, stdout } = await call('tenant', 'report', '--data', data)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Contoso School: 1 in the report of deployments\n/)
  expect(stdout).toMatch(/device setup +failure, PT1M30S\n/)
  expect(stdout).toMatch(/app +"PaperCut" failed: 0x80070643\n/)
  expect(JSON.parse((await call('tenant', 'report', '--data', data, '--json')).stdout)).toMatchObject({
    school: 'Contoso School',
    deployments: [{ deviceSerialNumber: 'SIM-1', deploymentState: 'failure', accountSetupStatus: 'notAttempted' }],
  })
})

test('bad input gets one error', async () => {
  const usage = ['  oobe tenant report RUN...', '  oobe tenant report --data DIR']
  expectRefused(await call('tenant', 'report'), 'ERR_BAD_ARGUMENTS: of which run?', ...usage)
  expectRefused(
    await call('tenant', 'report', 'x', '--data', data),
    'ERR_BAD_ARGUMENTS: runs, or --data: not both',
    ...usage,
  )
  expectRefused(
    await call('tenant', 'report', '--data', folder),
    `ERR_BAD_ARGUMENTS: ${folder} keeps no school`,
    '  --data is the folder of "oobe serve --data"',
  )
  const none = await call('tenant', 'report', 'no-such-run')
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('ERR_NOT_FOUND: there is no run "no-such-run"')])
})
