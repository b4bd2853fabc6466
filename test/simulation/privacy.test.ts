import { expect, test } from 'vitest'
import { ALL_ON } from '../../src/domain/privacy.ts'
import { diskFacts } from '../../src/report/evidence/facts.ts'
import { manifestOf } from '../../src/report/evidence/manifest.ts'
import { registryDump } from '../../src/report/evidence/registry.ts'
import { played } from './played.ts'

const WINDOWS = String.raw`SOFTWARE\Microsoft\Windows\CurrentVersion`
const DUMP = { name: 'dump.reg', bytes: 0, kind: 'registry', about: '', certainty: 'documented', source: '' } as const
const dumpOf = (journal: Awaited<ReturnType<typeof played>>['journal']) =>
  Buffer.from(registryDump(diskFacts(journal))).toString('utf16le')

test('what a person switches off is a fact of the device, and is in its registry', async () => {
  const { journal, outcome } = await played('pro-education-personal')
  expect(outcome.kind).toBe('desktop')
  const facts = journal.flatMap((entry) => (entry.kind === 'device' ? [entry.privacy] : []))
  expect(facts[0]).toBeUndefined()
  expect(facts.filter((fact) => fact !== undefined)).toEqual([{ ...ALL_ON, location: false, advertisingId: false }])
  const dump = dumpOf(journal)
  expect(dump).toContain(
    `[HKEY_LOCAL_MACHINE\\${WINDOWS}\\CapabilityAccessManager\\ConsentStore\\location]\r\n"Value"="Deny"`,
  )
  expect(dump).toContain(`[HKEY_CURRENT_USER\\${WINDOWS}\\AdvertisingInfo]\r\n"Enabled"=dword:00000000`)
  expect(dump).toContain(
    `[HKEY_LOCAL_MACHINE\\${WINDOWS}\\Policies\\DataCollection]\r\n"AllowTelemetry"=dword:00000003`,
  )
})

test('its manifest says of each of these keys that the page sets it is an assumption', async () => {
  const { journal } = await played('pro-education-personal')
  const manifest = JSON.parse(manifestOf(diskFacts(journal), [{ ...DUMP }]))
  const keys = manifest.files[0].keys as { key: string; certainty: string; source: string }[]
  const privacy = keys.filter(({ source }) => source.includes('the page of the first boot'))
  expect(privacy.map(({ key }) => key.split('\\').at(-1) ?? '').toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
    'AdvertisingInfo',
    'DataCollection',
    'Privacy',
    'SettingValues',
    'TIPC',
    'location',
  ])
  for (const { certainty, source } of privacy) {
    expect(certainty).toBe('assumed')
    expect(source).toBe('the value [F]; that the page of the first boot sets it [U]')
  }
})

test('a device whose profile hides the page has none of it', async () => {
  const { journal } = await played('surface-wifi-happy-path')
  expect(journal.flatMap((entry) => (entry.kind === 'device' && entry.privacy ? [entry] : []))).toEqual([])
  expect(dumpOf(journal)).not.toContain('AdvertisingInfo')
})
