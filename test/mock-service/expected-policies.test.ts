import { expect, test } from 'vitest'
import { splitList } from '../../src/protocols/syncml/list.ts'
import { played } from '../simulation/played.ts'

const SYNC = './Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/FirstSyncStatus/ExpectedPolicies'
const [DEVICE, USER] = [`./Device${SYNC.slice(1)}`, `./User${SYNC.slice(1)}`]
const DUMMY = './Device/Vendor/MSFT/DMClient/Provider/MS%20DM%20Server/EntDMID'

/** The lists of device and person, of a school with these policies. */
async function listed(...names: string[]): Promise<string[][]> {
  const policies = names.map((policy) => ({ policy, scope: 'device' as const, value: '1' }))
  const { values } = await played('surface-wifi-happy-path', { tenant: { policies }, watch: [DEVICE, USER] })
  return [DEVICE, USER].map((uri) => splitList(values[uri]!.at(-1)!))
}

test('Intune lists one dummy entry, whatever the policies are', async () => {
  expect(await listed('Education/AllowGraphingCalculator', 'DeviceLock/MinDevicePasswordLength')).toEqual([
    [DUMMY],
    [DUMMY],
  ])
})

test('those of Microsoft Edge and Kiosk Browser are listed too', async () => {
  const [device] = await listed(
    'Browser/AllowPasswordManager',
    'KioskBrowser/DefaultURL',
    'microsoft_edge~Policy~microsoft_edge/HomepageLocation',
  )
  const config = './Device/Vendor/MSFT/Policy/Config'
  expect(device).toEqual([
    DUMMY,
    `${config}/KioskBrowser/DefaultURL`,
    `${config}/microsoft_edge~Policy~microsoft_edge/HomepageLocation`,
  ])
})
