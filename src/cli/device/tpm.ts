import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type DescribedKey, describeTpm, type TpmDescription } from '../../device/tpm/describe.ts'
import { personasOf } from '../../device/tpm/personas.ts'
import { readinessText } from '../../device/tpm/readiness.ts'
import { oldTpmLines, tpmToolLines } from '../../device/tpm/tool-text.ts'
import type { DeviceDefinition, TpmFacts } from '../../domain/device.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { nameText } from '../../protocols/x509/read-extensions.ts'
import { EXIT } from '../exit-codes.ts'
import { parseOptions } from '../options.ts'
import { print } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import { oneDevice } from './one-device.ts'

const HELP = `oobe device tpm DEVICE [OPTIONS]   its TPM, as Windows' tpmtool shows it, with its keys and certificates

  --ek-certificate   print the certificate of the RSA endorsement key, as PEM
  --chain            with it, those of its issuers below it
  --out FILE         write that to a file instead: PEM, or DER where FILE does not end in .pem
  --json             print everything as JSON`

const OPTIONS = {
  json: { type: 'boolean' },
  'ek-certificate': { type: 'boolean' },
  chain: { type: 'boolean' },
  out: { type: 'string' },
} as const

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS, 'oobe device tpm')
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  const wantsCertificate = values['ek-certificate'] ?? false
  refuseAlone(wantsCertificate, values)
  const device = oneDevice(positionals)
  const { tpm } = device
  const description = tpm?.version === '2.0' ? await describeTpm(tpm, reportedKeys) : undefined
  if (wantsCertificate) giveCertificate(device, description, values.chain ?? false, values.out)
  else if (values.json) print(JSON.stringify(jsonOf(device, description), null, 2))
  else for (const line of linesOf(device, tpm, description)) print(line)
  return EXIT.pass
}

function refuseAlone(
  wantsCertificate: boolean,
  { chain, out, json }: { chain?: boolean | undefined; out?: string | undefined; json?: boolean | undefined },
): void {
  if (wantsCertificate && json) {
    throw new UserError('ERR_BAD_ARGUMENTS', '--json and --ek-certificate are two different things', [
      '--json has the certificate too',
    ])
  }
  if (wantsCertificate) return
  const alone = chain ? '--chain' : out === undefined ? undefined : '--out'
  if (alone) throw new UserError('ERR_BAD_ARGUMENTS', `${alone} goes with --ek-certificate`)
}

function giveCertificate(
  { id, tpm }: DeviceDefinition,
  description: TpmDescription | undefined,
  withChain: boolean,
  file: string | undefined,
): void {
  const der = description?.endorsementKeys[0]?.certificate?.der
  if (!description || !der) {
    const why = tpm
      ? description
        ? `tpm.certificate is ${tpm.certificate}`
        : `its TPM is a ${tpm.version}`
      : 'it has no TPM'
    throw new UserError('ERR_NO_EK_CERTIFICATE', `${id} has no EK certificate: ${why}`)
  }
  const isDer = file !== undefined && !file.endsWith('.pem')
  if (isDer && withChain) {
    throw new UserError('ERR_BAD_ARGUMENTS', 'a chain is written as PEM', [
      `name a file that ends in .pem, not ${file}`,
    ])
  }
  const ders = withChain ? [der, ...description.authorities] : [der]
  const pem = ders.map((each) => new X509Certificate(each).toString()).join('')
  try {
    if (file === undefined) print(pem.trimEnd())
    else writeFileSync(file, isDer ? der : pem)
  } catch (cause) {
    throw new InfrastructureError('ERR_WRITE', `${file} cannot be written: ${(cause as Error).message}`, { cause })
  }
}

function linesOf(
  device: DeviceDefinition,
  tpm: TpmFacts | undefined,
  description: TpmDescription | undefined,
): string[] {
  const faults = personasOf(device).map(
    ({ name, what, page, code, source }) =>
      `  ${name}: ${what}; self-deploying fails on ${page} with ${code} (${source})`,
  )
  const faultLines = faults.length > 0 ? ['', 'Faults', ...faults] : []
  if (!tpm) return ['-TPM Present: False', ...faultLines]
  if (!description) return [...oldTpmLines(tpm), ...faultLines]
  return [...tpmToolLines(description), ...description.endorsementKeys.flatMap(keyLines), ...faultLines]
}

function keyLines({ type, handle, name, offlineDeviceId, certificate }: DescribedKey): string[] {
  const rows: [string, string][] = [
    ['handle', `0x${handle.toString(16)}`],
    ['name', name],
    ...(offlineDeviceId ? [['OfflineDeviceId', offlineDeviceId] as [string, string]] : []),
  ]
  if (!certificate) rows.push(['certificate', 'none'])
  else {
    const { from, subject, alternativeName, issuer, issuerKeyIdentifier, serial, notBefore, notAfter } = certificate
    rows.push(
      ['certificate', certificate.isForThisKey ? from : `${from}; for another key`],
      ['subject', nameText(subject) || '(empty)'],
      ['alternative name', alternativeName.map(({ value }) => value).join(', ')],
      ['issuer', nameText(issuer)],
      ['issuer key', issuerKeyIdentifier],
      ['serial', serial],
      ['valid', `${day(notBefore)} to ${day(notAfter)}`],
      ...(type === 'RSA-2048' ? [['attested at', certificate.attestationUrl] as [string, string]] : []),
    )
  }
  return ['', `Endorsement key ${type}`, ...rows.map(([label, value]) => `  ${label.padEnd(16)} ${value}`)]
}

function jsonOf(device: DeviceDefinition, description: TpmDescription | undefined) {
  const faults = personasOf(device)
  const { tpm } = device
  if (!tpm) return { device: device.id, present: false, faults }
  const { vendor, kind, version, firmware, specification } = tpm
  const identity = { device: device.id, present: true, version, vendor, kind, firmware, specification, faults }
  if (!description) return identity
  const { vendorName, readiness, lockout, endorsementKeys, authorities } = description
  return {
    ...identity,
    vendorName,
    readiness: { mask: readiness, text: readinessText(readiness) },
    lockout,
    endorsementKeys: endorsementKeys.map(({ certificate, ...key }) => ({
      ...key,
      handle: `0x${key.handle.toString(16)}`,
      certificate: certificate ? { ...certificate, der: base64(certificate.der) } : null,
    })),
    authorities: authorities.map(base64),
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const day = (time: Date): string => time.toISOString().slice(0, 10)
