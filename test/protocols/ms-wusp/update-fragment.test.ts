import { expect, test } from 'vitest'
import {
  type AvailableUpdate,
  decodeUpdateFragment,
  encodeUpdateFragment,
} from '../../../src/protocols/ms-wusp/update-fragment.ts'
import { refusal } from '../fuzz.ts'

const update: AvailableUpdate = {
  kind: 'quality',
  updateId: '7d0f0c52-6c1e-4f2f-9a11-5b8f0a2d1002',
  title: '2026-08 Cumulative Update',
  installSeconds: 1500,
  needsRestart: true,
  version: 26100,
  revision: 9278,
}

test.each<[string, AvailableUpdate]>([
  ['for an older build of one version', update],
  ['for one version', { ...update, revision: undefined }],
  ['for all', { ...update, version: undefined, revision: undefined }],
])('an update %s is read as it was written', (_, written) => {
  expect(decodeUpdateFragment(encodeUpdateFragment(written))).toEqual(written)
})

test.each(['BuildNumber="26100"', 'Data="9278"'])('a rule with another value than %s is refused', (good) => {
  const spoiled = encodeUpdateFragment(update).replace(good, good.replace(/"\d+"/, '"newest"'))
  expect(refusal(() => decodeUpdateFragment(spoiled))).toBe('ERR_WUSP_UPDATE_MALFORMED')
})
