import { expect, test } from 'vitest'
import { type AgentApp, decodeAgentApps, encodeAgentApps } from '../../../src/protocols/agent-apps/agent-apps.ts'

const plain: AgentApp = {
  id: 'a',
  revision: 1,
  name: 'App',
  version: '1',
  isApplicable: true,
  url: 'https://content.hillview.test/a.intunewin',
  fileHash: '00',
}
const full: AgentApp = {
  ...plain,
  kind: 'store',
  isUntracked: true,
  isLater: true,
  isPreinstalled: true,
  dependsOn: [{ id: 'b', name: 'B' }],
  replaces: [
    { id: 'c', name: 'C', exitCode: 0 },
    { id: 'd', name: 'D', exitCode: 1605, isPreinstalled: true },
  ],
}

test('what an extension is told comes back, and what is left out stays out', () => {
  expect(decodeAgentApps(encodeAgentApps([plain, full]))).toEqual([plain, full])
})

test.each([
  ['a kind that is none', { ...plain, kind: 'driver' }, 'apps.0.kind is no kind'],
  ['a dependency without a name', { ...plain, dependsOn: [{ id: 'b' }] }, 'apps.0.dependsOn.0.name is missing'],
  ['a mark that is a word', { ...plain, isLater: 'yes' }, 'apps.0.isLater is not true or false'],
])('%s is refused', (_, app, message) => {
  expect(() => decodeAgentApps(JSON.stringify({ apps: [app] }))).toThrow(message)
})
