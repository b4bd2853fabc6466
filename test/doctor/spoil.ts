import type { HttpRequest, HttpResponse } from '../../src/domain/http.ts'
import { bitString, contextTag, integer, oid, sequence, utcTime } from '../../src/protocols/der/writer.ts'
import { decodeEnvelope } from '../../src/protocols/soap/envelope.ts'
import { decodeCertificationRequest } from '../../src/protocols/x509/certification-request.ts'
import { encodeName } from '../../src/protocols/x509/name.ts'
import { path } from '../../src/protocols/xml/element.ts'
import { doctor, edited, PASSWORD, profile, school } from './doctor-scene.ts'

export type Spoil = (request: HttpRequest, response: HttpResponse) => HttpResponse

const posted =
  (ending: RegExp) =>
  (edit: (response: HttpResponse, request: HttpRequest) => HttpResponse): Spoil =>
  (request, response) =>
    request.method === 'POST' && ending.test(request.url) ? edit(response, request) : response

/** Spoil the answers of one service. */
export const discovery = posted(/Discovery\.svc$/)
export const policy = posted(/Policy\.svc$/i)
export const enrolment = posted(/Enrollment\.svc$/i)
export const session = posted(/devicemanagement\/sync/i)

export const text = (edit: (text: string) => string) => (response: HttpResponse) => edited(response, edit)

export const headers = (changed: Record<string, string | undefined>) => (response: HttpResponse) => {
  const all = Object.entries({ ...response.headers, ...changed }).filter(([, value]) => value !== undefined)
  return { ...response, headers: Object.fromEntries(all) as Record<string, string> }
}

/** Spoils the provisioning document, which is base64 inside of the answer. */
export const document = (edit: (text: string, request: HttpRequest) => string): Spoil =>
  enrolment((response, request) =>
    edited(response, (answer) =>
      answer.replace(
        /(<BinarySecurityToken[^>]*>)([^<]+)/,
        (_, start: string, encoded: string) =>
          start + Buffer.from(edit(Buffer.from(encoded, 'base64').toString(), request)).toString('base64'),
      ),
    ),
  )

export interface Odd {
  version?: 1 | 3
  issuer?: string
  days?: number
  algorithm?: string
}

/** Puts a certificate that no authority signed into the place of the issued one, for the same key, and leaves the criteria out. */
export const issued = ({ version = 3, issuer = 'a school', days = 365, algorithm = SHA256 }: Odd): Spoil =>
  document((document, request) => {
    const token = path(decodeEnvelope(request.body).body, 'BinarySecurityToken')!.text
    const { spki } = decodeCertificationRequest(Buffer.from(token, 'base64'))
    const name = (value: string) => encodeName([{ type: 'CN', value }])
    const now = Date.now()
    const tbs = sequence(
      ...(version === 3 ? [contextTag(0, integer(2))] : []),
      integer(7),
      sequence(oid(algorithm)),
      name(issuer),
      sequence(utcTime(new Date(now - 60_000)), utcTime(new Date(now + days * 86_400_000 + 60_000))),
      name('device'),
      spki,
    )
    const der = sequence(tbs, sequence(oid(algorithm)), bitString(new Uint8Array(256)))
    const mine = /(type="My">.*?EncodedCertificate" value=")[^"]+/s
    return document
      .replace(mine, `$1${Buffer.from(der).toString('base64')}`)
      .replace(/<parm name="SSLCLIENTCERTSEARCHCRITERIA"[^>]*>/, '')
  })

const SHA256 = '1.2.840.113549.1.1.11'
export const SHA1 = '1.2.840.113549.1.1.5'

/** What it finds besides what is in order, with the exit code. */
export async function found(spoiled?: Spoil) {
  const origin = await school(spoiled)
  const { stdout, code } = await doctor(profile(origin, PASSWORD), '--enroll', '--json')
  const findings = JSON.parse(stdout) as { verdict: string; what: string; hint: string }[]
  return { findings, amiss: findings.filter(({ verdict }) => verdict !== 'ok'), code }
}
