import { allCharts } from '../../src/charts/charts.ts'
import type { JournalEntry, JournalFact, RecordedSpec } from '../../src/domain/journal.ts'
import { readableExchange } from '../../src/report/wire/readable.ts'
import type { CockpitSource, Offer } from '../../src/ui/cockpit/source.ts'
import { REGION, WIFI } from './samples.ts'

const spec = {
  product: '0.1.0',
  scenario: 'a-story',
  title: 'A story',
  seed: 1,
  startsAt: '2026-09-07T08:00:00.000Z',
  device: {
    id: 'a-laptop',
    title: 'A laptop',
    windows: {
      edition: 'SE',
      build: '10.0.26100.1',
      languages: ['en-US'],
      productKeyId: '1',
      productKeyPartNumber: '2',
    },
    smbios: { manufacturer: 'Contoso', productName: 'Laptop', serialNumber: 'SIM-1', uuid: 'u-1' },
    disk: { gb: 64, bus: 'emmc' },
    adapters: [{ id: 'wifi', kind: 'wifi', name: 'An adapter', mac: '02:00:00:00:00:01', removable: false }],
    tpm: { version: '2.0', vendor: 'INTC', kind: 'firmware', firmware: [1, 2], certificate: 'web' },
  },
  tenant: {
    id: 'a-school',
    name: 'A School',
    users: [{ email: 'carla@a.example', name: 'Carla', licensed: false, isGlobalAdministrator: false }],
    devices: [{ device: 'a-laptop', groupTag: 'Classroom', path: 'manual', assignedUser: '', registeredBefore: '30d' }],
    deploymentProfiles: [],
    groups: [],
    statusPages: [],
    apps: [],
  },
} as unknown as RecordedSpec

const NODE = './Device/Vendor/MSFT/Policy/Config/Camera/AllowCamera'

/** A short journal: two pages, one request that failed, a node that was written twice, a licence. */
const FACTS: readonly (readonly [number, JournalFact])[] = [
  [0, { kind: 'run', format: 2, spec }],
  [0, { kind: 'power', event: 'on', boot: 1 }],
  [0, { kind: 'transition', machine: 'oobe', to: 'region', event: 'init' }],
  [0, { kind: 'transition', machine: 'region', to: 'choosing', event: 'init' }],
  [0, { kind: 'screen', screen: REGION, isWaiting: true }],
  [
    60_000,
    { kind: 'transition', machine: 'oobe', from: 'region', to: 'network', event: 'done(region)', ended: ['region'] },
  ],
  [60_000, { kind: 'transition', machine: 'network', to: 'choosing', event: 'init' }],
  [60_000, { kind: 'screen', screen: WIFI, isWaiting: true }],
  [
    90_000,
    {
      kind: 'request',
      id: 0,
      method: 'POST',
      url: 'https://discovery.example/Discover',
      bytes: 10,
      operation: 'MS-MDE2 Discover',
      headers: { 'content-type': 'application/soap+xml' },
      body: '<s:Envelope><s:Body><Discover>needle</Discover></s:Body></s:Envelope>',
    },
  ],
  [90_050, { kind: 'response', id: 0, status: 500, bytes: 0, headers: {} }],
  [91_000, { kind: 'csp', by: 'server', command: 'Add', uri: NODE, status: 200, value: '1' }],
  [92_000, { kind: 'csp', by: 'server', command: 'Replace', uri: NODE, status: 200, value: '0' }],
  [
    93_000,
    {
      kind: 'stimulus',
      by: 'events.0',
      stimulus: { kind: 'tenantChange', action: { kind: 'assignLicence', value: 'carla@a.example' } },
    },
  ],
]

export const JOURNAL: JournalEntry[] = FACTS.map(([at, fact], seq) => ({ at, seq, ...fact }))

const charts = allCharts()

/** @param offers of a live run */
export const sourceOf = (entries: readonly JournalEntry[] = JOURNAL, offers?: readonly Offer[]): CockpitSource => ({
  spec,
  entries,
  charts: () => charts,
  readable: (exchange) => readableExchange(exchange),
  explain: () => undefined,
  ...(offers ? { offers: () => offers } : {}),
})
