import { EVENTS } from '../../domain/events.ts'
import type { CertificateProfileDefinition } from '../../domain/tenant.ts'
import { codeOfSigned, signedOfSystemError } from '../../domain/windows-codes.ts'
import type { Story } from './story.ts'

/** A certificate that the status page waits for. */
export interface OpenCertificate {
  /** As its profile is named. */
  name: string
  /** What is known of it. */
  text: string
  /** The write that says so. */
  write: { uri: string; value: string; at: number }
}

const STATUS = /^\.\/(Device|User)\/Vendor\/MSFT\/ClientCertificateInstall\/(SCEP|PFXCertInstall)\/([^/]+)\/Status$/

/** Values of its node `Status` (ClientCertificateInstall CSP). */
const INSTALLED = '1'
const PENDING = '2'
/** Of a PFX: what GetLastError said. */
const IMPORTED = '0'
const LIST = /^\.\/(Device|User)\/.*\/FirstSyncStatus\/ExpectedPFXCerts$/

/** The first certificate of a scope that did not come. */
export function openCertificate({ entries, logs }: Story, isUser: boolean): OpenCertificate | undefined {
  const last = new Map<string, OpenCertificate['write']>()
  for (const entry of entries) {
    if (entry.kind !== 'csp' || !STATUS.test(entry.uri) || !entry.uri.startsWith(isUser ? './User' : './Device'))
      continue
    last.set(entry.uri, { uri: entry.uri, value: entry.value ?? '', at: entry.at })
  }
  const write = [...last.values()].find(({ uri, value }) => value !== (isPfx(uri) ? IMPORTED : INSTALLED))
  if (!write) return neverSent(entries, isUser, [...last.keys()])
  const name = decodeURIComponent(STATUS.exec(write.uri)![3]!)
  if (isPfx(write.uri)) {
    const number = Number(write.value)
    const code = codeOfSigned(number > 0 && number <= 0xffff ? signedOfSystemError(number) : number)
    return { name, text: `its PFX was not imported (${code})`, write }
  }
  if (write.value === PENDING) return { name, text: 'the authority has not issued it', write }
  const failed = logs.findLast(({ id }) => id === EVENTS.certificateFailed.id)
  const result = /Result: \((.*)\)\.$/.exec(failed?.text ?? '')?.[1]
  return { name, text: result ?? 'its enrolment failed', write }
}

const isPfx = (uri: string): boolean => uri.includes('/PFXCertInstall/')

/** A PFX that the page waits for, and that no server has sent. */
function neverSent(entries: Story['entries'], isUser: boolean, known: string[]): OpenCertificate | undefined {
  const list = entries.findLast(
    (entry) => entry.kind === 'csp' && LIST.test(entry.uri) && entry.uri.startsWith(isUser ? './User' : './Device'),
  )
  if (list?.kind !== 'csp') return undefined
  const uri = (list.value ?? '').split('\uf000').find((one) => one !== '' && !known.includes(`${one}/Status`))
  const name = uri?.split('/').at(-1)
  if (uri === undefined || name === undefined) return undefined
  const write = { uri: list.uri, value: list.value ?? '', at: list.at }
  return { name: decodeURIComponent(name), text: 'the certificate connector has sent none', write }
}

/** What of a profile keeps its certificate away. */
export function profileFact(
  profiles: readonly CertificateProfileDefinition[] | undefined,
  name: string,
): { fact: string; text: string } | undefined {
  const index = profiles?.findIndex((profile) => profile.name === name) ?? -1
  if (index < 0) return undefined
  const { answer, authority } = profiles![index]!
  if (answer !== 'issues')
    return { fact: `tenant.certificateProfiles.${index}.answer`, text: `the profile has answer ${answer}` }
  return authority === undefined
    ? { fact: `tenant.certificateProfiles.${index}`, text: `the tenant has the certificate profile "${name}"` }
    : { fact: `tenant.certificateProfiles.${index}.authority`, text: `the profile names the authority ${authority}` }
}
