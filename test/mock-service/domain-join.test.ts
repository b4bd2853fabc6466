import { expect, test } from 'vitest'
import { resetTrouble } from '../../src/device/resets.ts'
import { Storage } from '../../src/device/storage.ts'
import { FRESH_BOOT } from '../../src/domain/boot.ts'
import { DecodeError } from '../../src/domain/trouble.ts'
import { decodeJoinBlob, encodeJoinBlob, isJoinBlob } from '../../src/protocols/domain-join/blob.ts'
import { prove } from '../reference/prove.ts'
import { played } from '../simulation/played.ts'
import { playedTenant } from './played-tenant.ts'

const member = { domain: 'ad.contoso.example', computerName: 'CLS-0123456789A' }

test('a blob is what the device becomes, and nothing else is one', () => {
  expect(decodeJoinBlob(encodeJoinBlob(member))).toEqual(member)
  expect(isJoinBlob(encodeJoinBlob(member))).toBe(true)
  for (const wrong of ['', 'AAAA', encodeJoinBlob({ ...member, computerName: 'CLS-%SERIAL%' })]) {
    expect(isJoinBlob(wrong)).toBe(false)
  }
  expect(() => decodeJoinBlob('e30=')).toThrow(DecodeError)
})

test('Autopilot Reset refuses a member of a domain, and a full reset does not', () => {
  const device = { storage: new Storage(), disk: { ...FRESH_BOOT, domain: member } }
  expect(resetTrouble(device, 'autopilotReset')?.code).toBe('0x80070032')
  expect(resetTrouble(device, 'everything')).toBeUndefined()
})

test('Graph has the connector, the domain join profile and the profile, and Entra a second object of the device', async () => {
  const { ask, play, tenant } = playedTenant('hybrid-join')
  expect(await play()).toBe('desktop')
  const list = (path: string) => ask('GET', `/beta/deviceManagement/${path}`).json.value
  expect(list('domainJoinConnectors')).toMatchObject([{ state: 'active', displayName: 'connector.ad.contoso.example' }])
  expect(list('deviceConfigurations')).toMatchObject([
    { activeDirectoryDomainName: 'ad.contoso.example', computerNameStaticPrefix: 'CLS-' },
  ])
  expect(list('windowsAutopilotDeploymentProfiles')).toMatchObject([
    {
      '@odata.type': '#microsoft.graph.activeDirectoryWindowsAutopilotDeploymentProfile',
      hybridAzureADJoinSkipConnectivityCheck: false,
    },
  ])
  expect(list('autopilotEvents')).toMatchObject([{ enrollmentType: 'offlineDomainJoined' }])
  const types = tenant.directory.entra
    .all()
    .flatMap(({ trustType, displayName }) => (trustType ? [[trustType, displayName.slice(0, 4)]] : []))
  expect(types).toEqual([['ServerAd', 'CLS-']])
})

test('the event log has the wait, the blob and the registration', async () => {
  const { journal } = await played('hybrid-join')
  const ids = journal.flatMap((entry) =>
    entry.kind === 'log' && [107, 109, 111, 304, 306].includes(entry.id) ? [entry.id] : [],
  )
  expect([...new Set(ids)]).toEqual([111, 109, 107, 304, 306])
})

prove(
  ['3.1/hybridjoinskipdcconnectivitycheck'],
  'the profile says whether a domain controller has to answer',
  async () => {
    const pagesOf = async (scenario: string) =>
      (await played(scenario)).journal.flatMap((entry) =>
        entry.kind === 'screen' && 'screen' in entry ? [entry.screen.page] : [],
      )
    expect(await pagesOf('hybrid-join-skip-check')).toContain('welcome')
    expect(await pagesOf('hybrid-join-no-domain-controller')).not.toContain('welcome')
  },
)
