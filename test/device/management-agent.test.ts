import { expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'
import { ManagementAgent } from '../../src/device/management-agent.ts'

const APP = { id: 'word', revision: 1, name: 'Word', version: '1', isApplicable: true, url: 'https://x/', fileHash: '' }

test('an answer for one person is not taken for the next', () => {
  const tree = new CspTree({ write: () => {} })
  const agent = new ManagementAgent('Sidecar', 'https://mdm.example/apps', tree)
  agent.checkedIn(agent.nextCheckIn(0)!, [])
  tree.signIn('alice@contoso.example')
  agent.userSignedIn('alice@contoso.example')
  const ofAlice = agent.nextCheckIn(0)!
  tree.signIn('bob@contoso.example')
  agent.userSignedIn('bob@contoso.example')
  agent.checkedIn(ofAlice, [APP])
  expect(agent.nextApp({ now: 0 })).toBeUndefined()
  const ofBob = agent.nextCheckIn(0)!
  expect([ofBob, agent.waitMs({ now: 0 })]).toEqual([{ scope: 'user' }, 0])
  agent.checkedIn(ofBob, [APP])
  expect([agent.nextCheckIn(0), agent.nextApp({ now: 0 })]).toMatchObject([undefined, { scope: 'user', app: APP }])
})
