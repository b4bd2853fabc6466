import { beforeEach, describe, expect, test } from 'vitest'
import { forget } from '../../src/actors/memory.ts'
import { TpmClient } from '../../src/device/tpm/client.ts'
import type { NodeOrder, Order } from '../../src/mock-service/oma-dm/orders.ts'
import { decodeHardwareHash } from '../../src/protocols/hardware-hash/decode.ts'
import { encodeMsiInstallJob } from '../../src/protocols/msi-job/msi-install-job.ts'
import { EK_HANDLE, PT } from '../../src/protocols/tpm/constants.ts'
import { ADDRESS, managedScene, PROVIDER } from './managed-scene.ts'

let scene: ReturnType<typeof managedScene>
beforeEach(() => {
  scene = managedScene()
})

const DEVICE = './Device/Vendor/MSFT'
const add = (uri: string, data: string, format = 'chr'): NodeOrder => ({ kind: 'Add', uri, format, data })
const replace = (uri: string, data: string, format = 'chr'): NodeOrder => ({ kind: 'Replace', uri, format, data })
const get = (uri: string): NodeOrder => ({ kind: 'Get', uri })
const exec = (uri: string, data?: string): NodeOrder => ({ kind: 'Exec', uri, ...(data === undefined ? {} : { data }) })
const atomic = (...orders: NodeOrder[]): Order => ({ kind: 'Atomic', orders })
const PRODUCT = `${DEVICE}/EnterpriseDesktopAppManagement/MSI/%7B11111111-2222-4333-8444-555555555555%7D`
const JOB = encodeMsiInstallJob({
  productId: '{11111111-2222-4333-8444-555555555555}',
  version: '1.0.0',
  contentUrls: ['https://content.contoso.test/a.msi'],
  fileHash: 'ab'.repeat(32),
  enforcement: { commandLine: '/quiet', timeOut: 10, retryCount: 1, retryInterval: 5 },
})

describe('the server of the mock', () => {
  test('an Atomic that succeeds is in force', async () => {
    await scene.hold([atomic(add(scene.policy('A'), '1'), add(scene.policy('B'), '2'))])
    expect(scene.server.refused).toEqual([])
    expect([scene.device.csp.read(scene.policy('A')), scene.device.csp.read(scene.policy('B'))]).toEqual(['1', '2'])
  })

  test('an Atomic that fails is refused child by child, and has changed nothing [point 38]', async () => {
    await scene.hold([atomic(add(scene.policy('A'), '1'), add(`${DEVICE}/Nonsense`, '2'), add(scene.policy('C'), '3'))])
    expect(scene.server.refused.map(({ status }) => status)).toEqual(['216', '404', '215'])
    expect(scene.device.csp.has(scene.policy('A'))).toBe(false)
  })

  test('a Sequence runs in order', async () => {
    await scene.hold([{ kind: 'Sequence', orders: [add(scene.policy('A'), '1'), replace(scene.policy('A'), '2')] }])
    expect(scene.device.csp.read(scene.policy('A'))).toBe('2')
  })

  test('large objects go both ways, in chunks [point 44]', async () => {
    const value = '<é>'.repeat(3_000)
    scene.server.chunkBytes = 1_000
    scene.server.maxMsgSize = 2_000
    await scene.hold([add(scene.policy('A'), value)])
    expect(scene.device.csp.read(scene.policy('A'))).toBe(value)
    await scene.hold([get(scene.policy('A'))])
    expect(scene.server.found.get(scene.policy('A'))).toBe(value)
    expect(scene.reached.length).toBeGreaterThan(20)
    expect(scene.server.refused).toEqual([])
  })

  test('a chunked object that the device will not have ends at once', async () => {
    scene.server.chunkBytes = 2 * 1024 * 1024
    await scene.hold([add(scene.policy('A'), 'x'.repeat(4 * 1024 * 1024 + 1)), add(scene.policy('B'), '1')])
    expect(scene.server.refused).toEqual([{ uri: scene.policy('A'), status: '416' }])
    expect(scene.device.csp.has(scene.policy('A'))).toBe(false)
  })

  test('429 holds the device up for as long as it says [point 43]', async () => {
    scene.server.busy.push(90, 30)
    expect(await scene.hold([add(scene.policy('A'), '1')])).toMatchObject({ kind: 'held' })
    expect(scene.reached.slice(0, 3).map(({ at }) => at)).toEqual([0, 90_000, 120_000])
    const [first, second] = scene.reached
    expect(second!.request.body).toEqual(first!.request.body)
  })
})

describe('unenrolment', () => {
  const expectGone = () => {
    expect(scene.device.management).toBeUndefined()
    expect(scene.device.csp.has(PROVIDER)).toBe(false)
    expect(scene.device.disk.isEnrolled).toBe(false)
  }

  test.each([`${PROVIDER}/Unenroll`, `${DEVICE}/DMClient/Unenroll`])('by Exec of %s [point 46]', async (uri) => {
    await scene.hold([add(scene.policy('A'), '1')])
    expect(await scene.hold([exec(uri, 'any')])).toMatchObject({ kind: 'unenroll' })
    const last = scene.reached.at(-1)!.message
    expect(last.commands.at(-1)).toMatchObject({
      kind: 'Alert',
      data: '1226',
      items: [{ meta: { type: 'com.microsoft:mdm.unenrollment.userrequest', format: 'int' }, data: '1' }],
    })
    expectGone()
    expect(scene.device.csp.has(scene.policy('A'))).toBe(false)
    expect([scene.server.isUnenrolled, scene.tenant.state.management.managed.size]).toEqual([true, 0])
  })

  test('of another provider is refused', async () => {
    expect(await scene.hold([exec(`${DEVICE}/DMClient/Provider/Other/Unenroll`)])).toMatchObject({ kind: 'held' })
    expect(scene.server.refused.map(({ status }) => status)).toEqual(['425'])
    expect(scene.device.management).toBeDefined()
  })

  test('by the person tells the server in the first message [point 46]', async () => {
    expect(await scene.hold([], { startedBy: 'unenrolment' })).toMatchObject({ kind: 'unenroll' })
    expect(scene.reached).toHaveLength(1)
    expect(scene.server.isUnenrolled).toBe(true)
    expectGone()
  })

  test('by the person does not need the server [point 46]', async () => {
    scene.dead.add(ADDRESS)
    expect(await scene.hold([], { startedBy: 'unenrolment' })).toMatchObject({ kind: 'unenroll' })
    expect(scene.reached).toHaveLength(3)
    expectGone()
  })
})

describe('what happens when the session is over', () => {
  test.each([
    [`${DEVICE}/Reboot/RebootNow`, 'restart'],
    [`${DEVICE}/RemoteWipe/doWipe`, 'reset'],
    [`${DEVICE}/RemoteWipe/doWipeProtected`, 'reset'],
    [`${DEVICE}/RemoteWipe/AutomaticRedeployment/doAutomaticRedeployment`, 'reset'],
  ] as const)('Exec of %s: %s, and the server has heard of it', async (uri, kind) => {
    expect(await scene.hold([exec(uri)])).toMatchObject({ kind })
    expect(scene.reached.at(-1)!.message.commands).toContainEqual(expect.objectContaining({ cmd: 'Exec', data: '200' }))
  })

  test('an Atomic that fails takes it back', async () => {
    expect(
      await scene.hold([atomic(exec(`${DEVICE}/RemoteWipe/doWipe`), add(`${DEVICE}/Nonsense`, ''))]),
    ).toMatchObject({ kind: 'held' })
    expect(scene.server.refused.map(({ status }) => status)).toEqual(['216', '404'])
  })

  test('a wipe outweighs a restart', async () => {
    const orders = [exec(`${DEVICE}/Reboot/RebootNow`), exec(`${DEVICE}/RemoteWipe/doWipe`)]
    expect(await scene.hold(orders)).toMatchObject({ kind: 'reset' })
  })

  test('what an earlier session set going is not set going again', async () => {
    await scene.hold([exec(`${DEVICE}/Reboot/RebootNow`)])
    expect(await scene.hold()).toMatchObject({ kind: 'held' })
  })
})

describe('nodes with more behind them', () => {
  test('an MSI job is accepted; once it is deleted it can be ordered again', async () => {
    await scene.hold([add(`${PRODUCT}/DownloadInstall`, '', 'xml'), exec(`${PRODUCT}/DownloadInstall`, JOB)])
    expect([scene.device.installations.remaining, scene.device.csp.read(`${PRODUCT}/Status`)]).toEqual([1, '10'])
    await scene.hold([{ kind: 'Delete', uri: PRODUCT }])
    expect([scene.device.installations.remaining, scene.device.csp.has(PRODUCT)]).toEqual([0, false])
  })

  test('a Delete of an MSI that is taken back leaves the order', async () => {
    await scene.hold([exec(`${PRODUCT}/DownloadInstall`, JOB)])
    await scene.hold([atomic({ kind: 'Delete', uri: PRODUCT }, add(`${DEVICE}/Nonsense`, ''))])
    expect([scene.device.installations.remaining, scene.device.csp.has(PRODUCT)]).toEqual([1, true])
  })

  test('an MSI job inside an Atomic that fails cannot be called back', async () => {
    await scene.hold([atomic(exec(`${PRODUCT}/DownloadInstall`, JOB), add(`${DEVICE}/Nonsense`, ''))])
    expect(scene.server.refused.map(({ status }) => status)).toEqual(['516', '404'])
    expect(scene.device.installations.remaining).toBe(1)
  })

  test('a job that cannot be read is 400', async () => {
    await scene.hold([exec(`${PRODUCT}/DownloadInstall`, '<job/>')])
    expect(scene.server.refused.map(({ status }) => status)).toEqual(['400'])
  })

  test('what a user has is refused until a user has signed in, and kept then [point 41]', async () => {
    const uri = './User/Vendor/MSFT/Policy/Config/A/B'
    await scene.hold([add(uri, '1')])
    expect(scene.server.refused).toEqual([{ uri, status: '405' }])
    scene.device.csp.hasUser = true
    await scene.hold([add(uri, '1')], { loginStatus: 'user' })
    expect(scene.device.csp.read(uri)).toBe('1')
  })
})

describe('what the device says of its hardware', () => {
  const status = `${DEVICE}/DeviceStatus`
  const uris = [
    './DevDetail/Ext/DeviceHardwareData',
    './DevDetail/Ext/Microsoft/SMBIOSSerialNumber',
    './DevDetail/Ext/Microsoft/SystemSKU',
    './DevDetail/Ext/Microsoft/TotalRAM',
    './DevInfo/Man',
    './DevInfo/Mod',
    `${status}/NetworkIdentifiers`,
    `${status}/TPM/ManufacturerId`,
    `${status}/TPM/ManufacturerIdTxt`,
    `${status}/TPM/ManufacturerVersion`,
    `${status}/TPM/SpecificationVersion`,
    `${status}/OS/Edition`,
    `${DEVICE}/DMClient/HWDevID`,
  ]

  async function ask() {
    scene.server.found.clear()
    await scene.hold(uris.map(get))
    const [hash, ...rest] = uris.map((uri) => scene.server.found.get(uri))
    // The tool's own record has the time of the capture.
    const { tool, ...report } = decodeHardwareHash(hash!)
    expect(tool?.osBuild).toBe(scene.device.definition.windows.build)
    return { report, rest }
  }

  test('agrees: hardware hash, SMBIOS, TPM and DeviceStatus [point 58]', async () => {
    const { report, rest } = await ask()
    const [serial, sku, ram, maker, model, networks, vendor, vendorText, firmware, specification, edition] = rest
    expect({ serial, sku, maker, model, edition }).toEqual({
      serial: report.serialNumber,
      sku: report.sku,
      maker: report.manufacturer,
      model: report.productName,
      edition: '203',
    })
    expect(Number(ram)).toBe(report.memory!.gb * 1024)
    const soldered = report.adapters.filter(({ medium }) => medium === 9 || medium === 14)
    expect(networks!.split('/').map(decodeURIComponent)).toEqual(expect.arrayContaining(soldered.map(({ mac }) => mac)))

    // The TPM itself has the last word.
    const tpm = new TpmClient(await scene.device.tpm!.chip())
    const properties = await tpm.getProperties(PT.FAMILY_INDICATOR, 32)
    const ek = await tpm.readPublic(EK_HANDLE.rsa)
    if (!properties.ok || !ek.ok || ek.value.publicArea.type !== 'rsa') throw new Error('the TPM refused')
    const of = (name: keyof typeof PT) => properties.value.get(PT[name])!
    const text = (word: number) => Buffer.from(word.toString(16).padStart(8, '0'), 'hex').toString().replace(/\0+$/, '')
    const words = [of('FIRMWARE_VERSION_1'), of('FIRMWARE_VERSION_2')]
    const revision = (of('REVISION') / 100).toFixed(2)
    expect(report.tpmVersion).toBe(
      `TPM-Version:${text(of('FAMILY_INDICATOR'))} -Level:${of('LEVEL')}-Revision:${revision}` +
        `-VendorID:'${text(of('MANUFACTURER'))}'-Firmware:${words.join('.')}`,
    )
    expect({ vendor, vendorText, specification, firmware }).toEqual({
      vendor: String(of('MANUFACTURER')),
      vendorText: text(of('MANUFACTURER')),
      specification: `${text(of('FAMILY_INDICATOR'))}, ${of('LEVEL')}, ${revision}`,
      firmware: words.flatMap((word) => [word >>> 16, word & 0xffff]).join('.'),
    })
    expect(Buffer.from(report.ekPublicModulus!).equals(ek.value.publicArea.unique)).toBe(true)
  })

  test('is the same after each start [point 58]', async () => {
    const before = await ask()
    expect(before.rest).not.toContain(undefined)
    for (let start = 0; start < 2; start++) {
      scene.device.powerOn()
      expect(await ask()).toEqual(before)
    }
  })
})

describe('connection', () => {
  test('a push begins with 1200, the schedule with 1201 [point 48]', async () => {
    await scene.hold()
    await scene.hold([], { startedBy: 'push' })
    expect(scene.reached.map(({ message }) => message.commands[0])).toMatchObject([{ data: '1201' }, { data: '1200' }])
  })

  test.each(['Machine', 'Maintenance'] as const)(
    'is in mode %s before a user has signed in, where the device is one that does so, and in Maintenance then [point 28]',
    async (mode) => {
      scene.device.behaviour.modeBeforeSignIn = mode
      await scene.hold()
      await scene.hold([], { loginStatus: 'user' })
      const modes = scene.reached.map(({ request }) => new URL(request.url).searchParams.get('mode'))
      expect(modes).toEqual([mode, 'Maintenance'])
    },
  )

  test('each session has its own id, of two bytes [point 31]', async () => {
    scene.device.sessionsBegun = 0xfffe
    await scene.hold()
    await scene.hold()
    expect(scene.reached.map(({ message }) => message.header.sessionId)).toEqual(['65535', '1'])
  })

  test('ids continue after a restart, and begin anew with another account [point 31]', async () => {
    await scene.hold()
    scene.device.powerOn()
    forget(scene.memory)
    await scene.hold()
    scene.device.unenroll()
    expect(scene.reached.map(({ message }) => message.header.sessionId)).toEqual(['1', '2'])
    expect(scene.device.sessionsBegun).toBe(0)
  })

  test('is tried as often as the account says, with waits that double up to their limit [point 42]', async () => {
    scene.dead.add(ADDRESS)
    scene.device.management!.connection = { tries: 4, initialBackoffMs: 1_000, maxBackoffMs: 3_000 }
    expect(await scene.hold()).toMatchObject({ kind: 'failed' })
    expect(scene.reached.map(({ at }) => at)).toEqual([0, 1_000, 3_000, 6_000])
  })

  test('any numbers of the account are waits with an end [point 42]', async () => {
    scene.dead.add(ADDRESS)
    // 0 doubled for the 1,025th time is a number; 0 times infinity is none.
    scene.device.management!.connection = { tries: 1_100, initialBackoffMs: 0, maxBackoffMs: Number.MAX_SAFE_INTEGER }
    expect(await scene.hold()).toMatchObject({ kind: 'failed' })
    expect(scene.reached).toHaveLength(1_100)
    expect(scene.timeline.now).toBe(0)
  })

  test('without a word from the account: three times, from 16 seconds on', async () => {
    scene.dead.add(ADDRESS)
    await scene.hold()
    expect(scene.reached.map(({ at }) => at)).toEqual([0, 16_000, 48_000])
  })

  test('then comes the next address of the list [point 42]', async () => {
    const dead = 'https://old.contoso.test/sync'
    scene.dead.add(dead)
    await scene.hold([replace(`${PROVIDER}/ManagementServerAddressList`, `<${dead}><${ADDRESS}>`)])
    scene.reached.length = 0
    expect(await scene.hold()).toMatchObject({ kind: 'held' })
    expect(scene.reached.map(({ message }) => message.header.target)).toEqual([dead, dead, dead, ADDRESS])
  })

  test('results are reported once, and only to a server that answers', async () => {
    scene.device.installations.reports.push({ uri: PRODUCT, kind: 'msi', hresult: 0 })
    scene.dead.add(ADDRESS)
    await scene.hold()
    scene.dead.clear()
    await scene.hold()
    expect(scene.server.results.get(`${PRODUCT}/DownloadInstall`)).toBe(0)
    expect(scene.device.installations.reports).toEqual([])
  })
})

describe('the poll schedule', () => {
  const poll = (rows: Record<string, number>) =>
    Object.entries(rows).map(([name, value]) => replace(`${PROVIDER}/Poll/${name}`, String(value), 'int'))

  test('a change counts from the session that brings it, from its beginning [point 47]', async () => {
    const orders = poll({ NumberOfFirstRetries: 2, IntervalForFirstSetOfRetries: 1 })
    expect(await scene.hold(orders, { sessions: 40 })).toEqual({ kind: 'held', nextInMs: 60_000, isNewSchedule: true })
  })

  test('no change, no new beginning [point 47]', async () => {
    await scene.hold(poll({ NumberOfFirstRetries: 2, IntervalForFirstSetOfRetries: 1 }))
    expect(await scene.hold([], { sessions: 2 })).toEqual({ kind: 'held', nextInMs: 86_400_000, isNewSchedule: false })
  })

  test('results that wait are worth a session of their own, whatever the schedule', async () => {
    scene.device.installations.onOrder(() =>
      scene.device.installations.reports.push({ uri: PRODUCT, kind: 'msi', hresult: 0 }),
    )
    expect(await scene.hold([exec(`${PRODUCT}/DownloadInstall`, JOB)])).toMatchObject({ nextInMs: 5_000 })
  })
})

test('a push is handed on, unless the device is one that ignores it [point 48]', () => {
  const events: string[] = []
  const off = scene.device.onManagementEvent((event) => events.push(event))
  expect(scene.device.receivePush(), 'without a network').toBe(false)
  scene.device.network.change({ cable: 'in' })
  expect(scene.device.receivePush()).toBe(true)
  scene.device.behaviour.heedsPush = false
  scene.device.receivePush()
  scene.device.disconnectAccount()
  off()
  scene.device.disconnectAccount()
  expect(events).toEqual(['push.received', 'account.disconnected'])
})
