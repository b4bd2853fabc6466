import { createHash } from 'node:crypto'
import { badUuidOf, placeholderOf } from '../../domain/placeholders.ts'
import { CODE } from '../../domain/windows-codes.ts'
import { readTpmVersionText } from '../tpm/read-version-text.ts'
import type { Finding } from './finding.ts'
import { IMPORT_NEEDS, LISTS, SMBIOS_TEXTS, WANTED_FIELDS } from './lint-tables.ts'
import { diskSerialText, type HardwareReport } from './report.ts'

const GRAVITY = { error: 0, warning: 1, note: 2 } as const

/**
 * Checks what a report says, as `oa3tool /ValidateHwHash` and the import do and a little further: fields that are
 * required (device-identity.md section 1.7), values that must agree (1.5), values that the maker did not fill in. The gravest first.
 */
export function lintHardwareReport(report: HardwareReport): Finding[] {
  const findings = [
    ...wantedFields(report),
    ...placeholders(report),
    ...uuid(report),
    ...adapters(report),
    ...productKey(report),
    ...endorsementKey(report),
    ...tpm(report),
    ...operatingSystem(report),
    ...disks(report),
    ...panel(report),
  ]
  return findings.sort((one, other) => GRAVITY[one.severity] - GRAVITY[other.severity])
}

function wantedFields(report: HardwareReport): Finding[] {
  return WANTED_FIELDS.flatMap(({ field, lists, value }): Finding[] => {
    const text = value(report)
    if (text?.trim()) return []
    const reasons = lists.map((list) => LISTS[list].says)
    const sources = new Set(lists.map((list) => LISTS[list].source))
    if (IMPORT_NEEDS.includes(field)) {
      reasons.unshift('the import refuses a hash without it: 802 InvalidZtdHardwareHash')
      sources.add('2.2 [D]')
    }
    return [
      {
        severity: lists.includes('validate') ? 'error' : 'warning',
        code: text === undefined ? 'HASH_FIELD_MISSING' : 'HASH_FIELD_EMPTY',
        field,
        message: text === undefined ? `no ${field}` : `${field} is empty`,
        why: reasons.join('; '),
        source: [...sources].join(', '),
      },
    ]
  })
}

function placeholders(report: HardwareReport): Finding[] {
  return SMBIOS_TEXTS.flatMap(({ field, severity, value }): Finding[] => {
    const text = value(report)?.trim() ?? ''
    const known = placeholderOf(text)
    if (known === undefined) return []
    const message = `${field} is ${JSON.stringify(text)}, which says nothing`
    const why = 'other devices have the same value: it does not tell them apart'
    return [{ severity, code: 'HASH_PLACEHOLDER', field, message, why, source: known.source }]
  })
}

function uuid({ smbiosUuid }: HardwareReport): Finding[] {
  const bad = smbiosUuid === undefined ? undefined : badUuidOf(smbiosUuid)
  if (bad === undefined) return []
  const message = `SmbiosUuid is ${smbiosUuid}: ${bad.what}`
  const why = 'other devices have the same value: it does not tell them apart'
  return [{ severity: 'error', code: 'HASH_UUID', field: 'SmbiosUuid', message, why, source: bad.source }]
}

function adapters({ adapters: all }: HardwareReport): Finding[] {
  const field = 'MacAddress'
  const seen = new Set<string>()
  return all.flatMap(({ mac, enumerator }): Finding[] => {
    const first = Number.parseInt(mac, 16)
    const found: Finding[] = []
    const add = (severity: Finding['severity'], code: string, text: string, why: string, source: string) =>
      found.push({ severity, code, field, message: `${mac} ${text}`, why, source })
    if (/^[0:]+$/.test(mac)) add('error', 'HASH_MAC', 'is no address', 'malformed adapters gave 802', '1.8 [1]')
    else if (first & 1)
      add('error', 'HASH_MAC', 'is a group address', 'an adapter has a unicast address', 'IEEE 802 [K]')
    else if (first & 2) {
      const why = 'no vendor gave it out: a simulated device, or a randomised address'
      add('note', 'HASH_MAC_LOCAL', 'is locally administered', why, 'IEEE 802 [K]')
    }
    if (seen.has(mac)) add('warning', 'HASH_MAC_REPEATED', 'is there twice', 'addresses are unique', 'IEEE 802 [K]')
    if (/^USB/i.test(enumerator)) {
      const why = 'the tool leaves out what can be unplugged'
      add('warning', 'HASH_MAC_REMOVABLE', 'belongs to a USB adapter', why, '1.7 [D]')
    }
    seen.add(mac)
    return found
  })
}

function productKey({ productKeyId }: HardwareReport): Finding[] {
  if (!productKeyId || /^\d{13}$/.test(productKeyId)) return []
  const message = `ProductKeyID ${JSON.stringify(productKeyId)} is not 13 digits`
  return [{ severity: 'warning', code: 'HASH_PRODUCT_KEY', field: 'ProductKeyID', message, source: '1.3 [V]' }]
}

function endorsementKey({ ekPublicModulus: ek, offlineDeviceId: id }: HardwareReport): Finding[] {
  const found: Finding[] = []
  if (ek !== undefined && ek.length !== 256) {
    const message = `the endorsement key has ${ek.length * 8} bits instead of 2048`
    const why = `devices with an RSA-3072 endorsement key failed attestation with ${CODE.attestationRetriesExceeded}`
    found.push({ severity: 'warning', code: 'HASH_EK_SIZE', field: 'EkPubHash', message, why, source: '3.9 [1]' })
  }
  if (ek?.length && ek.every((byte) => byte === ek[0])) {
    const message = 'the endorsement key is one byte repeated: no key'
    found.push({ severity: 'error', code: 'HASH_EK', field: 'EkPubHash', message })
  }
  if (id === undefined || ek === undefined) return found
  const field = 'OfflineDeviceId'
  if (id.status !== 0) {
    const message = `OfflineDeviceId has status 0x${id.status.toString(16)}`
    found.push({
      severity: 'warning',
      code: 'HASH_DEVICE_ID_STATUS',
      field,
      message,
      why: '0 is success',
      source: '1.3 [V]',
    })
  } else if (id.idType === 1 && !createHash('sha256').update(ek).digest().equals(id.id)) {
    const message = 'OfflineDeviceId is not the SHA-256 of the endorsement key'
    const why = 'it is in every hash that was seen: this one was put together from two, or changed by hand'
    found.push({ severity: 'error', code: 'HASH_DEVICE_ID', field, message, why, source: '1.5 fact 1 [V]' })
  }
  return found
}

function tpm({ tpmVersion }: HardwareReport): Finding[] {
  if (!tpmVersion) return []
  const field = 'TPMVersion'
  const version = readTpmVersionText(tpmVersion)
  if (version === undefined) {
    const message = `TPMVersion ${JSON.stringify(tpmVersion)} has an unusual shape`
    return [{ severity: 'note', code: 'HASH_TPM_TEXT', field, message, source: '1.6 [V]' }]
  }
  if (version.version === '2.0') return []
  const message = `the TPM is a ${version.version}`
  const why = `self-deploying mode and pre-provisioning need TPM 2.0: they end with ${CODE.timedOut}`
  return [{ severity: 'warning', code: 'HASH_TPM_VERSION', field, message, why, source: '3.9 [D]' }]
}

function operatingSystem({ tool }: HardwareReport): Finding[] {
  if (tool === undefined || tool.osType === 2) return []
  const message = `OSType is ${tool.osType}, not 2 (the full system)`
  const why = 'with an internal Wi-Fi adapter the report must be made in the full system, not in WinPE'
  return [{ severity: 'warning', code: 'HASH_OS_TYPE', field: 'OSType', message, why, source: '1.7 [D]' }]
}

function disks({ diskSerial, systemDiskSerial }: HardwareReport): Finding[] {
  if (!diskSerial || systemDiskSerial === undefined) return []
  if (withoutBars(diskSerialText(diskSerial)) === withoutBars(systemDiskSerial)) return []
  const message = `DiskSSNKernel ${JSON.stringify(systemDiskSerial)} is not DiskSerialNumber`
  const why = 'both name the system disk, and are the same text'
  return [{ severity: 'warning', code: 'HASH_DISK', field: 'DiskSSNKernel', message, why, source: '1.5 fact 3 [V]' }]
}

/** A record may leave out the bars before parts that it has not. */
function withoutBars(text: string): string {
  let end = text.length
  while (text[end - 1] === '|') end--
  return text.slice(0, end)
}

/** The panel's centimetres come from the same EDID as its millimetres, cut or rounded. */
function panel({ display, panelCm }: HardwareReport): Finding[] {
  if (!display || !panelCm) return []
  const isNear = (mm: number, cm: number) => Math.abs(mm - cm * 10) < 10
  if (isNear(display.widthMm, panelCm.width) && isNear(display.heightMm, panelCm.height)) return []
  const [mm, cm] = [`${display.widthMm}x${display.heightMm} mm`, `${panelCm.width}x${panelCm.height} cm`]
  const message = `the display has ${mm}, its panel ${cm}`
  return [{ severity: 'warning', code: 'HASH_PANEL', field: 'PanelSize', message, source: '1.3 [I]' }]
}
