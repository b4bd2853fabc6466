import { DecodeError } from '../../domain/trouble.ts'
import { decodeHardwareHash } from '../../protocols/hardware-hash/decode.ts'
import type { HardwareReport } from '../../protocols/hardware-hash/report.ts'
import { codeIn, type Reader, type Take } from '../facts.ts'
import { objectIn } from './json.ts'

/** What a school puts onto a disk; the other one is what the look-up brought. */
const OF_A_DISK = /AutopilotConfigurationFile\.json$/i

/** `AutopilotDDSZTDFile.json`, `AutopilotConfigurationFile.json`. */
export const profileReader: Reader = {
  format: 'Autopilot profile',
  recognises: (head, name) => /^\s*\{/.test(head) && (/"CloudAssigned\w+"\s*:/.test(head) || OF_A_DISK.test(name)),
  read({ name, text }, take) {
    const json = objectIn(text)
    if (!json) return ['its JSON is cut or damaged']
    take({ kind: OF_A_DISK.test(name) ? 'profileFile' : 'profile', json })
    return []
  },
}

/** `MDMDiagReport.xml`: only what it says of the device; its policies are in the registry. */
export const mdmReportReader: Reader = {
  format: 'MDM diagnostics report',
  recognises: (head) => /<MDMEnterpriseDiagnosticsReport[\s>]/.test(head),
  read({ text }, take) {
    const said = (name: string) => new RegExp(`<${name}>([^<]{1,200})</${name}>`).exec(text)?.[1]
    const [manufacturer, model, build] = [said('Manufacturer'), said('Model'), said('OSBuild')]
    take({
      kind: 'device',
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(model === undefined ? {} : { model }),
      ...(build === undefined ? {} : { build }),
    })
    identity(said('UPN'), 'person', take)
    for (const name of ['DeviceName', 'SerialNumber']) identity(said(name), 'device', take)
    if (said('ProviderID') !== undefined) take({ kind: 'managed' })
    return text.trimEnd().endsWith('>') ? [] : ['it ends in the middle']
  },
}

/** The printed state of the device registration. The words before the colons are not translated. */
export const dsregcmdReader: Reader = {
  format: 'dsregcmd /status',
  recognises: (head) => /\bAzureAdJoined\s*:\s*(YES|NO)\b/.test(head),
  read({ text }, take) {
    const said = (name: string) => new RegExp(`^\\s*${name}\\s*:\\s*(.{1,200}?)\\s*$`, 'm').exec(text)?.[1]
    take({ kind: 'joined', is: said('AzureAdJoined') === 'YES' })
    identity(said('Device Name'), 'device', take)
    for (const name of ['TenantName', 'TenantId']) identity(said(name), 'organization', take)
    return []
  },
}

/** `DeviceHash_….csv`: a header, and the device below it. */
export const hashCsvReader: Reader = {
  format: 'hardware hash (CSV)',
  recognises: (head) => /^"?Device Serial Number"?,/.test(head),
  read({ text }, take) {
    const [, line = ''] = text.split(/\r?\n/)
    const [serial = '', , hash = ''] = line.split(',').map((cell) => cell.replace(/^"|"$/g, ''))
    identity(serial, 'device', take)
    let report: HardwareReport
    try {
      report = decodeHardwareHash(hash)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return [`its hash cannot be read: ${error.message}`]
    }
    const { manufacturer, productName, tpmVersion, ekPublicModulus, tool } = report
    take({
      kind: 'device',
      ...(manufacturer === undefined ? {} : { manufacturer }),
      ...(productName === undefined ? {} : { model: productName }),
      ...(tool?.osBuild === undefined ? {} : { build: tool.osBuild }),
      hasTpm: tpmVersion !== undefined || ekPublicModulus !== undefined,
    })
    for (const text of [report.serialNumber, report.smbiosUuid]) identity(text, 'device', take)
    return []
  },
}

/** A verbose log of msiexec: property names and `MainEngineThread` are the same in each language. */
export const msiLogReader: Reader = {
  format: 'log of msiexec',
  recognises: (head) => head.startsWith('=== ') && /msiexec\.exe/i.test(head),
  read({ text }, take) {
    const [, product] = /ProductCode = \{?([0-9A-Fa-f-]{36})\}?/.exec(text) ?? []
    const [, exit] = /MainEngineThread is returning (-?\d{1,10})/.exec(text) ?? []
    if (product === undefined) return ['it names no product code']
    const [, name] = /ProductName = ([^\r\n]{1,200})/.exec(text) ?? []
    const [, note] = /Note: ([^\r\n]{1,400})/.exec(text) ?? []
    const code = note === undefined ? undefined : codeIn(note)
    take({
      kind: 'app',
      type: 'msi',
      id: product.toLowerCase(),
      ...(name === undefined ? {} : { name }),
      ...(exit === undefined ? { state: 'installing' } : { exitCode: Number(exit) | 0, state: endOf(Number(exit)) }),
      ...(code === undefined ? {} : { code }),
    })
    return exit === undefined ? ['it ends before msiexec did'] : []
  },
}

/** 3010 and 1641 are success with a restart (Windows Installer error codes [D]). */
const endOf = (exit: number): 'installed' | 'failed' => ([0, 3010, 1641].includes(exit) ? 'installed' : 'failed')

function identity(text: string | undefined, of: 'person' | 'device' | 'organization', take: Take): void {
  if (text !== undefined && text.length > 3) take({ kind: 'identity', of, text })
}
