import { beforeEach, expect, test } from 'vitest'
import { CspTree } from '../../src/device/csp/csp-tree.ts'

const SYNC = 'Vendor/MSFT/DMClient/Provider/P/FirstSyncStatus'
const OTHER_FORMAT = { chr: 'int', int: 'bool', bool: 'int' } as const

let tree: CspTree
beforeEach(() => {
  tree = new CspTree({ write: () => {} })
  tree.hasUser = true
  tree.add('./User/Vendor/MSFT/DMClient/Provider/P', 'node', '')
  for (const scope of ['Device', 'User']) tree.set(`./${scope}/${SYNC}`, 'node', '')
})

type Access = 'Add Delete Get Replace' | 'Add Get Replace' | 'Get Replace'
/** The table of the DDF of June 2024 (reference: mdm-protocols.md, 3.1); access and default are its words. */
const NODES: [string, keyof typeof OTHER_FORMAT, string, Access, string | undefined, string[]][] = [
  ['ExpectedPolicies', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['ExpectedNetworkProfiles', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['ExpectedMSIAppPackages', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['ExpectedModernAppPackages', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['ExpectedPFXCerts', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['ExpectedSCEPCerts', 'chr', 'x', 'Add Delete Get Replace', undefined, ['Device', 'User']],
  ['TimeOutUntilSyncFailure', 'int', '5', 'Add Get Replace', '60', ['Device', 'User']],
  ['ServerHasFinishedProvisioning', 'bool', 'true', 'Get Replace', 'false', ['Device', 'User']],
  ['IsSyncDone', 'bool', 'true', 'Get Replace', 'false', ['Device', 'User']],
  ['WasDeviceSuccessfullyProvisioned', 'int', '1', 'Get Replace', '2', ['Device', 'User']],
  ['AllowCollectLogsButton', 'bool', 'true', 'Add Get Replace', 'false', ['Device', 'User']],
  ['CustomErrorText', 'chr', 'x', 'Add Delete Get Replace', '', ['Device', 'User']],
  ['BlockInStatusPage', 'int', '7', 'Add Get Replace', '0', ['Device']],
  ['SkipDeviceStatusPage', 'bool', 'false', 'Add Get Replace', 'true', ['Device']],
  ['SkipUserStatusPage', 'bool', 'false', 'Add Get Replace', 'true', ['Device']],
]

test.each(NODES)(
  'FirstSyncStatus/%s is %s, takes %j by %s, is %j before [point 50]',
  (name, format, value, access, preset, scopes) => {
    for (const scope of ['Device', 'User']) {
      const uri = `./${scope}/${SYNC}/${name}`
      if (!scopes.includes(scope)) {
        expect(tree.replace(uri, format, value).status).toBe(404)
        continue
      }
      const before = tree.get(uri)
      expect(preset === undefined ? before.status : before.node).toEqual(
        preset === undefined ? 404 : { format, value: preset },
      )
      expect(tree.replace(uri, OTHER_FORMAT[format], value).status).toBe(415)
      const write =
        access.startsWith('Add') && preset === undefined
          ? tree.add(uri, format, value)
          : tree.replace(uri, format, value)
      expect({ write: write.status, read: tree.get(uri).node }).toEqual({ write: 200, read: { format, value } })
      expect(tree.delete(uri).status).toBe(access.includes('Delete') ? 200 : 405)
    }
  },
)

test.each(['ServerHasFinishedProvisioning', 'IsSyncDone', 'WasDeviceSuccessfullyProvisioned'])(
  'FirstSyncStatus/%s is always there, without an Add [point 50]',
  (name) => {
    expect(tree.add(`./Device/${SYNC}/${name}`, undefined, '1').status).toBe(405)
  },
)
