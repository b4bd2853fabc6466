import { expect } from 'vitest'
import { PLANS } from '../../machines/oobe/plans.ts'
import { CHORDS } from '../../src/domain/key-chords.ts'
import { whyNoRestore } from '../../src/domain/windows-backup.ts'
import { directly } from '../mock-service/graph/serve.ts'
import { prove, quotesIn } from './prove.ts'

const KEYS: Readonly<Record<string, string>> = {
  '1.10/ctrl-win-r': 'Ctrl+Win+R',
  '1.10/win-ctrl-enter': 'Win+Ctrl+Enter',
  '1.10/ctrl-alt-delete': 'Ctrl+Alt+Delete',
}

prove(['1.10/ctrl-win-r', '1.10/win-ctrl-enter', '1.10/ctrl-alt-delete'], 'the keys can be pressed', ({ id }) => {
  expect(CHORDS).toContain(KEYS[id])
})

prove(['1.11/not'], 'no such mode and no such edition has the page', () => {
  const modes = ['hybrid', 'selfDeploying', 'preProvisioning', 'preProvisioned', 'autopilotReset'] as const
  expect(modes.filter((mode) => Object.hasOwn(PLANS[mode], 'windowsRestore'))).toEqual([])
  expect(Object.hasOwn(PLANS.userDriven, 'windowsRestore')).toBe(true)
  expect(whyNoRestore('SE', '10.0.26100.9278')).toBe('Windows 11 SE has no restore page')
})

prove(['6.3/all-autopilot', '6.3/group-tag', '6.3/purchase-order'], 'a group takes its rule', (row) => {
  const { ask } = directly()
  const rule = quotesIn(row)[0]!.replace('<tag>', 'Classroom').replace('<id>', 'PO-1')
  const made = ask('POST', '/v1.0/groups', {
    ...{ displayName: 'x', mailNickname: 'x', mailEnabled: false, securityEnabled: true },
    groupTypes: ['DynamicMembership'],
    ...{ membershipRule: rule, membershipRuleProcessingState: 'On' },
  })
  expect([made.status, made.json?.membershipRule]).toEqual([201, rule])
})
