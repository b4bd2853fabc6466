import type { Carried } from '../../machines/carried.ts'
import {
  type CertificateStep,
  type CertificateTry,
  certificatesMachine,
} from '../../machines/management/certificates.ts'
import { CERTIFICATE_STATUS, type CertificateOrder, isPfx } from '../device/client-certificates.ts'
import type { VirtualDevice } from '../device/virtual-device.ts'
import { DecodeError, failure, type Result, success } from '../domain/trouble.ts'
import { CODE, codeOfHttpStatus, httpStatusOf, signedOf } from '../domain/windows-codes.ts'
import { thumbprint } from '../protocols/x509/certificate.ts'
import { extendedKeyUsage, keyUsageBits } from '../protocols/x509/extensions.ts'
import { nameFrom } from '../protocols/x509/name-text.ts'
import { type CertificateWish, requestCertificate, type ScepAnswer } from '../service/scep/request-certificate.ts'
import { type Bindings, working } from './bindings.ts'
import { parcel } from './carried.ts'
import { importPfx } from './import-pfx.ts'

const ORDER = parcel<CertificateOrder>()

const MINUTE_MS = 60_000

export const certificates = certificatesMachine.provide({
  actors: {
    nextCertificate: working<CertificateStep>(({ device, timeline }) => {
      const order = device.certificates.next(device.csp)
      if (!order) return { kind: 'none' }
      const waitMs = order.dueAt - timeline.now
      return waitMs > 0 ? { kind: 'later', waitMs } : { kind: 'due', order: ORDER.pack(order) }
    }),

    requestCertificate: working<CertificateTry, Carried>(async (run, carried, signal) => {
      const { device, timeline } = run
      const order = ORDER.open(carried)
      if (isPfx(order)) return importPfx(device, order)
      const answer = await ask(run, order, signal)
      if (answer.ok && answer.value.kind === 'issued') return install(device, order, answer.value.certificate)
      if (answer.ok && answer.value.kind === 'refused') {
        const reason = answer.value.failInfo ?? 'without a reason'
        return giveUp(device, order, CODE.unspecifiedError, `the authority refused it: ${reason}`)
      }
      const { csp } = device
      order.isPending ||= answer.ok
      order.tries++
      if (order.tries > csp.readInt(`${order.uri}/Install/RetryCount`)) {
        const { code, text } = answer.ok
          ? { code: CODE.unspecifiedError, text: 'the authority has not decided' }
          : answer.trouble
        return giveUp(device, order, scepCode(code), text)
      }
      // Documented for an authority that has not decided. That a connection which failed is tried again as well was seen in the field.
      order.dueAt = timeline.now + csp.readInt(`${order.uri}/Install/RetryDelay`) * MINUTE_MS
      return { kind: 'waits' }
    }),
  },
})

async function ask(
  { device, service, chance }: Bindings,
  order: CertificateOrder,
  signal: AbortSignal,
): Promise<Result<ScepAnswer>> {
  const install = (name: string): string => device.csp.read(`${order.uri}/Install/${name}`) ?? ''
  // Several addresses are parted by semicolons.
  const url = install('ServerURL').split(';')[0]!.trim()
  if (order.tries === 0) device.log('certificateRequested', { purposes: install('EKUMapping'), url })
  const wish = wishFrom(install)
  if (!wish.ok) return wish
  return requestCertificate(
    service,
    {
      ...wish.value,
      url,
      challenge: install('Challenge'),
      authority: install('CAThumbprint').replace(/\s/g, '').toUpperCase() || undefined,
      key: device.key('certificates', lengthOf(Number(install('KeyLength')))),
      now: device.clock(),
      random: (length) => chance.bytes(length),
    },
    order.isPending,
    signal,
  )
}

/** Subject, uses and purposes, as the profile has them. */
function wishFrom(install: (name: string) => string): Result<Pick<CertificateWish, 'subject' | 'extensions'>> {
  const usage = Number(install('KeyUsage')) & 0xff
  const purposes = install('EKUMapping')
    .split('+')
    .filter((purpose) => /^\d+(\.\d+)+$/.test(purpose))
  const extensions = [
    ...(usage === 0 ? [] : [keyUsageBits(usage)]),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
  ]
  try {
    return success({ subject: nameFrom(install('SubjectName')), extensions })
  } catch (error) {
    if (error instanceof DecodeError) return failure(CODE.invalidData, error.message)
    throw error
  }
}

/** The device has keys of 2048, 3072 and 4096 bits: a length between them, or below, gets the next one. */
const lengthOf = (wanted: number): number => [2048, 3072].find((bits) => wanted <= bits) ?? 4096

function install(device: VirtualDevice, order: CertificateOrder, certificate: Uint8Array): CertificateTry {
  const { csp } = device
  device.certificates.installed(order, certificate)
  device.log('certificateInstalled')
  csp.set(`${order.uri}/CertThumbprint`, 'chr', thumbprint(certificate))
  csp.set(`${order.uri}/RespondentServerUrl`, 'chr', csp.read(`${order.uri}/Install/ServerURL`) ?? '')
  csp.set(`${order.uri}/ErrorCode`, 'int', '0')
  csp.set(`${order.uri}/Status`, 'int', String(CERTIFICATE_STATUS.installed))
  return { kind: 'settled' }
}

function giveUp(device: VirtualDevice, order: CertificateOrder, code: string, text: string): CertificateTry {
  const { csp } = device
  device.certificates.givenUp(order)
  device.log('certificateFailed', { text: `${text} (${code})` })
  csp.set(`${order.uri}/ErrorCode`, 'int', String(signedOf(code)))
  csp.set(`${order.uri}/Status`, 'int', String(CERTIFICATE_STATUS.failed))
  return { kind: 'settled' }
}

/** What the node shows: a Windows code, whatever the trouble is. */
function scepCode(code: string): string {
  const status = httpStatusOf(code)
  if (status !== undefined) return codeOfHttpStatus(status)
  return code.startsWith('0x') ? code : CODE.invalidData
}
