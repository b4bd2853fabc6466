import { describe, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { nextPollMs } from '../../src/device/poll-schedule.ts'
import { decodeAppPackage } from '../../src/protocols/app-package/app-package.ts'
import { decodeJson } from '../../src/protocols/json.ts'
import { decodeUpdateFragment } from '../../src/protocols/ms-wusp/update-fragment.ts'

const packageWith = (installSeconds: string): Uint8Array =>
  new TextEncoder().encode(
    `OOBE-SIM-MSI/1\n{"identity":"{a}","name":"A","publisher":"P","version":"1","installSeconds":${installSeconds},"exitCode":0,"isDetected":true}`,
  )

const updateWith = (seconds: string): string =>
  `<Update><UpdateIdentity UpdateID="a" RevisionNumber="1"/><Properties SimulatedSeconds="${seconds}"/></Update>`

describe('seconds that a service states', () => {
  test.each(['1e999', '-1e999', '1e308', '-1', '3153600001', 'null', '"5"'])('are not %s, in a package', (seconds) => {
    expect(() => decodeAppPackage('msi', packageWith(seconds))).toThrow(
      expect.objectContaining({ name: 'DecodeError', code: 'ERR_APP_PACKAGE_MALFORMED' }),
    )
  })

  test.each(['1e999', 'NaN', '-1', 'Infinity', 'soon', '', '0x10', '3153600001'])(
    'are not "%s", in an update',
    (seconds) => {
      expect(() => decodeUpdateFragment(updateWith(seconds))).toThrow(
        expect.objectContaining({ name: 'DecodeError', code: 'ERR_WUSP_UPDATE_MALFORMED' }),
      )
    },
  )

  test.each(['0', '0.5', '3153600000'])('may be %s', (seconds) => {
    expect(decodeAppPackage('msi', packageWith(seconds)).installSeconds).toBe(Number(seconds))
    expect(decodeUpdateFragment(updateWith(seconds)).installSeconds).toBe(Number(seconds))
  })
})

test('a number of JSON without an end is none', () => {
  const json = decodeJson('{"a":1e999}', 'ERR_TEST')
  expect(() => json.number('a')).toThrow(expect.objectContaining({ name: 'DecodeError', code: 'ERR_TEST' }))
  expect(json.optionalNumber('a')).toBeUndefined()
})

test.each(['9'.repeat(400), `-${'9'.repeat(400)}`, '99999999999', '0'])(
  'a poll interval of %s is a wait with an end',
  (interval) => {
    const tree = new CspTree({ write: () => {} })
    const base = './Device/Vendor/MSFT/DMClient/Provider/P/Poll'
    tree.set(`${base}/IntervalForRemainingScheduledRetries`, 'int', interval)
    tree.set(`${base}/IntervalForFirstSetOfRetries`, 'int', interval)
    const nextMs = nextPollMs(tree, 'P', 0)
    expect(nextMs).toBeGreaterThan(0)
    expect(nextMs).toBeLessThanOrEqual((2 ** 32 - 1) * 60_000)
  },
)
