import { expect, test } from 'vitest'
import {
  decodeExecutionContext,
  type ExecutionContext,
  encodeExecutionContext,
} from '../../../src/protocols/device-preparation/execution-context.ts'
import {
  DEFAULT_PAGE_SETTINGS,
  decodePageSettings,
  encodePageSettings,
} from '../../../src/protocols/device-preparation/page-settings.ts'

const settings = {
  AgentDownloadTimeoutSeconds: 900,
  PageTimeoutSeconds: 43_200,
  ErrorMessage: 'Ask "Ms. Voss"',
  AllowSkipOnFailure: true,
  AllowDiagnostics: true,
}

test('page settings that are written are read back', () => {
  expect(decodePageSettings(encodePageSettings(settings))).toEqual(settings)
})

test.each<[string, object]>([
  ['{}', {}],
  ['{"PageTimeoutSeconds":0}', {}],
  ['{"PageTimeoutSeconds":-5,"AllowDiagnostics":null}', {}],
  ['{"PageTimeoutSeconds":1e300}', {}],
  ['{"PageTimeoutSeconds":90,"Other":1}', { PageTimeoutSeconds: 90 }],
])('page settings %s have the defaults for the rest', (text, known) => {
  expect(decodePageSettings(text)).toEqual({ ...DEFAULT_PAGE_SETTINGS, ...known })
})

test.each(['', '[]', 'null', '{"PageTimeoutSeconds":"60"}', '{"AllowSkipOnFailure":1}'])(
  'page settings %j cannot be read',
  (text) => {
    expect(() => decodePageSettings(text)).toThrow(expect.objectContaining({ code: 'ERR_PAGE_SETTINGS_MALFORMED' }))
  },
)

const context: ExecutionContext = {
  policyName: 'Students',
  accountType: 'standard',
  workloads: [
    { id: 'a', name: 'Reader', kind: 'msi', uri: './Device/Vendor/MSFT/A', isSkipped: false },
    { id: 'b', name: 'Zone', kind: 'script', uri: '', isSkipped: true },
  ],
}

test('the data for the management extension are read back', () => {
  expect(decodeExecutionContext(encodeExecutionContext(context))).toEqual(context)
  expect(decodeExecutionContext('{"policyName":"","accountType":"administrator"}').workloads).toEqual([])
})

test.each([
  '',
  'opaque',
  '{"policyName":"x"}',
  '{"policyName":"x","accountType":"root"}',
  '{"policyName":"x","accountType":"standard","workloads":[{"id":"a","name":"b","kind":"exe"}]}',
])('data %j of another server say nothing', (text) => {
  expect(() => decodeExecutionContext(text)).toThrow(
    expect.objectContaining({ code: 'ERR_EXECUTION_CONTEXT_MALFORMED' }),
  )
})
