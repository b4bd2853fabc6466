import { describe, expect, test } from 'vitest'
import { InstalledWindows } from '../../src/device/installed-windows.ts'
import type { Edition } from '../../src/domain/windows-versions.ts'

const windowsOf = (build: string, edition: Edition = 'SE') =>
  new InstalledWindows({ edition, build, languages: ['en-US'], productKeyId: '', productKeyPartNumber: '' })

const augustUpdate = { revisionId: 1001, version: 26100, revision: 9278, needsRestart: true }

describe('an update is for a device', () => {
  test.each([
    ['of its version with an older build', '10.0.26100.4652', augustUpdate, true],
    ['and not for one that has its build', '10.0.26100.9278', augustUpdate, false],
    ['and not for one with a newer build', '10.0.26100.9300', augustUpdate, false],
    ['and not for one of another version', '10.0.26200.6584', augustUpdate, false],
    ['of its version, when it brings no build', '10.0.26100.9300', { version: 26100 }, true],
    ['of any version, when it names none', '10.0.22631.1', {}, true],
  ])('%s', (_, build, update, isFor) => {
    expect(windowsOf(build).lacks(update)).toBe(isFor)
  })
})

describe('the build', () => {
  test('rises with the restart that an update needs', () => {
    const windows = windowsOf('10.0.26100.4652')
    windows.install(augustUpdate)
    expect([windows.build, windows.lacks(augustUpdate)]).toEqual(['10.0.26100.4652', false])
    windows.started()
    expect(windows.build).toBe('10.0.26100.9278')
  })

  test('rises at once where no restart is needed', () => {
    const windows = windowsOf('10.0.26100.4652')
    windows.install({ ...augustUpdate, needsRestart: false })
    expect(windows.build).toBe('10.0.26100.9278')
  })

  test('stays over a reset, which forgets the packages', () => {
    const windows = windowsOf('10.0.26100.4652')
    windows.install({ ...augustUpdate, needsRestart: false })
    windows.wiped()
    expect([windows.build, windows.updates]).toEqual(['10.0.26100.9278', []])
  })
})

test.each<[Edition, string, string, string | undefined]>([
  ['SE', '10.0.26100.4652', '2026-10-13T23:59:59Z', undefined],
  ['SE', '10.0.26100.4652', '2026-10-14T00:00:00Z', '2026-10-13'],
  ['Education', '10.0.26100.4652', '2026-11-28T08:00:00Z', undefined],
  ['Pro Education', '10.0.26200.6584', '2026-11-28T08:00:00Z', undefined],
  ['Pro', '10.0.22631.4602', '2026-09-07T08:00:00Z', '2025-11-11'],
  ['Pro', '10.0.26300.1', '2040-01-01T00:00:00Z', undefined],
])('Windows 11 %s %s at %s: support ended on %s', (edition, build, now, ended) => {
  expect(windowsOf(build, edition).serviceEnded(Date.parse(now))).toBe(ended)
})
