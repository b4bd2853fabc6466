import type { Installation } from '../device/installation-queue.ts'
import { isForbidden, NOT_ALLOWED_ON_SE } from './allowed-on-se.ts'
import type { Bindings } from './bindings.ts'
import { fetchPackage, resultOf } from './fetch-package.ts'

/** Values of `AppInstallation/{PFN}/Status` (reference: mdm-protocols.md, 3.5 [L]). */
const STATUS = { installing: 1, failed: 2, installed: 3 }

/** ERROR_INSTALL_OPEN_PACKAGE_FAILED, and ERROR_INSTALL_FAILED for what fails in any other way. */
const UNREADABLE = 0x80073cf0 | 0
const FAILED = 0x80073cf9 | 0

export type MsixInstallation = Installation<Extract<Installation['job'], { kind: 'msix' }>>

const decoded = (segment: string): string => decodeURIComponent(segment)

/** One MSIX package from its download to its end, its dependencies first. 0, or an HRESULT as a signed number. */
export async function installMsix(bindings: Bindings, order: MsixInstallation, signal: AbortSignal): Promise<number> {
  const { device, timeline } = bindings
  const { csp } = device
  const { uri, job } = order
  const familyName = decoded(uri.slice(uri.lastIndexOf('/') + 1))
  const set = (name: string, value: number) => csp.set(`${uri}/${name}`, 'int', String(value))
  const end = (status: number, hresult: number, text: string) => {
    set('LastError', hresult)
    csp.set(`${uri}/LastErrorDescription`, 'chr', text)
    set('Status', status)
    return hresult
  }
  const fail = (hresult: number, text: string) => {
    device.log('management', 404, `MSIX installation failed: ${familyName}: ${text}`, 'error')
    return end(STATUS.failed, hresult, text)
  }

  order.attempts++
  set('Status', STATUS.installing)
  set('ProgressStatus', 0)
  const packages = [...job.dependencies, job.packageUri]
  for (const [index, packageUri] of packages.entries()) {
    const fetched = await fetchPackage(bindings, { kind: 'msix', urls: [packageUri], unreadable: UNREADABLE }, signal)
    if (typeof fetched === 'number') return fail(fetched, `${packageUri} cannot be opened`)
    const app = fetched.content
    const isMain = index === packages.length - 1
    if (isMain && app.identity !== familyName) return fail(FAILED, `the package is ${app.identity}`)
    if (isMain && isForbidden(device, app)) return fail(NOT_ALLOWED_ON_SE, 'not allowed by the policy of Windows 11 SE')
    set('ProgressStatus', Math.round((100 * (index + 0.5)) / packages.length))
    await timeline.sleep(app.installSeconds * 1_000, signal)
    if (resultOf(app) !== 0) return fail(FAILED, `the installation of ${app.identity} failed`)
    if (isMain) {
      const base = `${uri.slice(0, uri.indexOf('/AppInstallation/'))}/AppManagement/nonStore/${encodeURIComponent(familyName)}`
      const full = `${base}/${encodeURIComponent(fullNameOf(familyName, app.version))}`
      for (const [name, value] of Object.entries({ Name: app.name, Publisher: app.publisher, Version: app.version })) {
        csp.set(`${full}/${name}`, 'chr', value)
      }
    }
  }
  set('ProgressStatus', 100)
  return end(STATUS.installed, 0, '')
}

/** `Name_Version_Architecture_ResourceId_PublisherId`; everything here is neutral. */
function fullNameOf(familyName: string, version: string): string {
  const at = familyName.lastIndexOf('_')
  return `${familyName.slice(0, at)}_${version}_neutral__${familyName.slice(at + 1)}`
}
