import { element, escapeText, leaf, type Xml } from '../../protocols/xml/write.ts'
import { type DiskFacts, lastValues, plainName } from './facts.ts'

const POLICY = /^\.\/(Device|User)\/Vendor\/MSFT\/Policy\/Config\/([^/]+)\/([^/]+)$/
const MSI =
  /^\.\/(Device|User)\/Vendor\/MSFT\/EnterpriseDesktopAppManagement\/MSI\/([^/]+)\/(Status|LastError|Name|Version)$/

/** The device and its enrolment, by the names of the report. */
export const accountOf = ({ spec, device, enrollment, join }: DiskFacts): [name: string, value: string][] => [
  ['DeviceName', device?.name ?? ''],
  ['EnrollmentId', enrollment],
  ['ProviderID', device?.managedBy ?? ''],
  ['UPN', join?.upn ?? ''],
  ['IsJoined', String(device?.isJoined ?? false)],
  ['Manufacturer', spec?.device.smbios.manufacturer ?? ''],
  ['Model', spec?.device.smbios.productName ?? ''],
  ['SerialNumber', spec?.device.smbios.serialNumber ?? ''],
  ['OSBuild', spec?.device.windows.build ?? ''],
]

interface PolicyRow {
  scope: string
  area: string
  name: string
  value: string
}

const policiesOf = (facts: DiskFacts): PolicyRow[] =>
  [...lastValues(facts, POLICY).values()].map(({ uri, value }) => {
    const [, scope, area, name] = POLICY.exec(uri)!
    return { scope: scope!.toLowerCase(), area: plainName(area!), name: plainName(name!), value }
  })

/** `MDMDiagReport.xml`: the device, its enrolment, the policies and the MSI jobs of its management channel. */
export function mdmReport(facts: DiskFacts): string {
  const policies = policiesOf(facts).map(({ scope, area, name, value }) =>
    element('currentPolicies', { scope }, leaf('area', area), leaf('name', name), leaf('value', value)),
  )
  const report = element(
    'MDMEnterpriseDiagnosticsReport',
    {},
    element('DeviceManagementAccount', {}, ...accountOf(facts).map(([name, value]) => leaf(name, value))),
    element('PolicyManager', {}, ...policies),
    element('EnterpriseDesktopAppManagementinfo', {}, ...jobsIn(facts)),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${report}\n`
}

function jobsIn(facts: DiskFacts): Xml[] {
  const jobs = new Map<string, Map<string, string>>()
  for (const { uri, value } of lastValues(facts, MSI).values()) {
    const [, scope, product, node] = MSI.exec(uri)!
    const key = `${scope} ${product}`
    jobs.set(key, (jobs.get(key) ?? new Map()).set(node!, value))
  }
  return [...jobs].map(([key, values]) => {
    const [scope, product] = key.split(' ')
    const facts = [...values].map(([name, value]) => leaf(name, value))
    return element('MsiInstallation', { scope: scope!, productCode: plainName(product!) }, ...facts)
  })
}

/** `MDMDiagReport.html`: the same for a reader. Its layout is ours. */
export function mdmReportPage(facts: DiskFacts): string {
  const cell = (value: string) => `<td>${escapeText(value)}</td>`
  const table = (title: string, head: string[], rows: string[][]) => [
    `<h2>${title}</h2>`,
    `<table><tr>${head.map((one) => `<th>${one}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`),
    '</table>',
  ]
  return `${[
    '<!DOCTYPE html>',
    '<html lang="en"><head><meta charset="utf-8"><title>MDM Diagnostic Report</title></head><body>',
    '<h1>MDM Diagnostic Report</h1>',
    ...table('Device Info', ['name', 'value'], accountOf(facts)),
    ...table(
      'Managed policies',
      ['scope', 'area', 'policy', 'value'],
      policiesOf(facts).map(({ scope, area, name, value }) => [scope, area, name, value]),
    ),
    '</body></html>',
  ].join('\n')}\n`
}
