import { expect } from 'vitest'
import { file } from '../cli/call.ts'
import { oobe } from '../cli/program.ts'
import { type Server, serve, tokenOf } from '../cli/serve-scene.ts'
import { hashOf } from '../mock-service/directory/tenant-of.ts'

// biome-ignore lint/suspicious/noExplicitAny: every answer has its own shape, which its test expects
export type Json = any

export const TENANT_ID = '6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c'
export const PUPIL = 'alice@contoso.example'

/** A school on its first day: people, partners that wait for a consent, a client for Graph. All else comes later. */
const FIRST_DAY = `title: A school on its first day
tenantId: ${TENANT_ID}
domain: contoso.example
name: Contoso School
users:
  - { email: ${PUPIL}, password: correct-horse, name: Alice Park, licensed: false }
  - { email: principal@contoso.example, password: quiet-library, name: Dana Reyes, isGlobalAdministrator: true }
partners:
  - { id: fabrikam-education, name: Fabrikam Education, kind: reseller }
  - { id: northwind-devices, name: Northwind Devices, kind: oem }
applications:
  - id: 5a3e0c52-7b1d-4f60-9a55-0c1d2e3f4a5b
    name: Autopilot upload script
    secret: chalk-and-blackboard
    permissions:
      - DeviceManagementServiceConfig.ReadWrite.All
      - DeviceManagementApps.ReadWrite.All
      - DeviceManagementManagedDevices.ReadWrite.All
      - Device.Read.All
      - Group.ReadWrite.All
      - Organization.ReadWrite.All
      - User.ReadWrite.All
delays: { import: 1s, groups: 1s, profiles: 1s, sync: 1s }
directoryLicence: p1
enrollment: { mdmUserScope: all, mdmApplications: [Microsoft Intune], deviceLimit: 50 }
`

export const schoolOnItsFirstDay = (): string => file('scenarios/tenants/first-day.yaml', FIRST_DAY)

/** What a pupil does with a device that arrived. */
export const firstBootOf = (device: string): string =>
  file(
    `scenarios/${device}-first-boot.yaml`,
    `title: A pupil sets up ${device}
device: ${device}
tenant: first-day
network:
  wifi: [{ ssid: Contoso-Students, security: wpa2-psk, key: learn-anywhere }]
person:
  region: United States
  keyboard: US
  secondKeyboard: skip
  network: { wifi: Contoso-Students, key: learn-anywhere }
  signIn: { email: ${PUPIL}, password: correct-horse }
  welcome: { password: correct-horse }
  hello: [ok, { pin: "482915", confirmPin: "482915" }]
expect:
  outcome: desktop
  account: standard
  autopilot: true
  managed: true
  within: 90m
  never: [enrollmentStatusFailure]
`,
  )

/** What \`oobe tenant show --check\` says of one point: "ready", "not ready" or "not known", and its reasons. */
export async function checked(tenant: string): Promise<{ code: number | null; pointsOf(status: string): Json[] }> {
  const { code, stdout } = await oobe(['tenant', 'show', tenant, '--check', '--json'])
  const { prerequisites } = JSON.parse(stdout)
  return { code, pointsOf: (status) => prerequisites.filter((point: Json) => point.status === status) }
}

export class Graph {
  readonly server: Server
  readonly #headers: Record<string, string>

  private constructor(server: Server, headers: Record<string, string>) {
    this.server = server
    this.#headers = headers
  }

  static async of(tenant: string): Promise<Graph> {
    const server = await serve('--tenant', tenant)
    return new Graph(server, await tokenOf(server))
  }

  /** @returns the body, of an answer with the expected status */
  async ask(status: number, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<Json> {
    const answer = await this.server.ask(method, path, body ? JSON.stringify(body) : '', this.#headers)
    expect([method, path, answer.status, answer.status === status ? '' : answer.json]).toEqual([
      method,
      path,
      status,
      '',
    ])
    return answer.json
  }

  /** Asks again, as scripts do, until the answer is so. */
  async until(path: string, isSo: (json: Json) => boolean): Promise<Json> {
    const tries = 60
    for (let left = tries; ; left--) {
      const json = await this.ask(200, 'GET', path)
      if (isSo(json)) return json
      if (left === 0) throw new Error(`${path} after ${tries} tries: ${JSON.stringify(json)}`)
      await new Promise((done) => setTimeout(done, 250))
    }
  }

  /** Uploads a hash, and waits for the import. @returns the id of the registration */
  async upload(device: string, groupTag: string): Promise<string> {
    const path = '/v1.0/deviceManagement/importedWindowsAutopilotDeviceIdentities'
    const { id, state } = await this.ask(201, 'POST', path, { hardwareIdentifier: hashOf(device), groupTag })
    expect(state.deviceImportStatus).toBe('unknown')
    const imported = await this.until(`${path}/${id}`, (json) => !isUnderWay(json.state))
    expect(imported.state).toMatchObject({ deviceImportStatus: 'complete', deviceErrorCode: 0 })
    return imported.state.deviceRegistrationId
  }
}

const isUnderWay = ({ deviceImportStatus }: Json): boolean => ['unknown', 'pending'].includes(deviceImportStatus)
