import type { JournalEntry } from '../../domain/journal.ts'
import { specIn } from '../../journal/story.ts'
import { element, leaf, type Xml } from '../../protocols/xml/write.ts'

const POLICY = /^\.\/(Device|User)\/Vendor\/MSFT\/Policy\/Config\/([^/]+)\/([^/]+)$/
const MSI =
  /^\.\/(Device|User)\/Vendor\/MSFT\/EnterpriseDesktopAppManagement\/MSI\/([^/]+)\/(Status|LastError|Name|Version)$/

/** `MDMDiagReport.xml`: the device, its enrolment, the policies and the MSI jobs of its management channel. */
export function mdmReport(journal: readonly JournalEntry[]): string {
  const spec = specIn(journal)
  const device = journal.findLast((entry) => entry.kind === 'device')
  const known = device?.kind === 'device' ? device : undefined
  const report = element(
    'MDMEnterpriseDiagnosticsReport',
    {},
    element(
      'DeviceManagementAccount',
      {},
      leaf('DeviceName', known?.name ?? ''),
      leaf('EnrollmentId', known?.deviceId ?? ''),
      leaf('ProviderID', known?.managedBy ?? ''),
      leaf('IsJoined', String(known?.isJoined ?? false)),
      leaf('Manufacturer', spec?.device.smbios.manufacturer ?? ''),
      leaf('Model', spec?.device.smbios.productName ?? ''),
      leaf('SerialNumber', spec?.device.smbios.serialNumber ?? ''),
      leaf('OSBuild', spec?.device.windows.build ?? ''),
    ),
    element('PolicyManager', {}, ...policiesIn(journal)),
    element('EnterpriseDesktopAppManagementinfo', {}, ...jobsIn(journal)),
  )
  return `<?xml version="1.0" encoding="utf-8"?>\n${report}\n`
}

function policiesIn(journal: readonly JournalEntry[]): Xml[] {
  const policies = new Map<string, Xml>()
  for (const entry of journal) {
    const found = entry.kind === 'csp' && entry.status === 200 ? POLICY.exec(entry.uri) : null
    if (!found || entry.kind !== 'csp' || entry.value === undefined || entry.command === 'Get') continue
    const [, scope, area, name] = found
    const policy = element(
      'currentPolicies',
      { scope: scope!.toLowerCase() },
      leaf('area', area!),
      leaf('name', name!),
      leaf('value', entry.value),
    )
    policies.set(entry.uri, policy)
  }
  return [...policies.values()]
}

function jobsIn(journal: readonly JournalEntry[]): Xml[] {
  const jobs = new Map<string, Map<string, string>>()
  for (const entry of journal) {
    const found = entry.kind === 'csp' ? MSI.exec(entry.uri) : null
    if (!found || entry.kind !== 'csp' || entry.value === undefined || entry.command === 'Get') continue
    const [, scope, product, node] = found
    const key = `${scope} ${product}`
    jobs.set(key, (jobs.get(key) ?? new Map()).set(node!, entry.value))
  }
  return [...jobs].map(([key, values]) => {
    const [scope, product] = key.split(' ')
    const facts = [...values].map(([name, value]) => leaf(name, value))
    return element('MsiInstallation', { scope: scope!, productCode: decodeURIComponent(product!) }, ...facts)
  })
}
