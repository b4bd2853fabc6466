import { expect, test } from 'vitest'
import { against, changed, flipped, seenAs, textOf, withCare } from './foreign-server.ts'

/** Sessions that end otherwise: broken off, asked for a digest, unenrolled, without packages. */
const DEVICE = './Device/Vendor/MSFT'

test('1223 ends the session, and another one brings the rest [point 42: foreign server]', async () => {
  const run = await against(['abort=yes'])
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  const place = run.log.findIndex(({ event }) => event === 'aborted')
  expect(run.log.slice(place).filter(({ session }) => session === '1')).toHaveLength(1)
})

test('a connection that breaks off is tried as the account says, then by the schedule [point 42: foreign server]', async () => {
  const run = await against(['drop=2'])
  const posts = run.result.journal.filter((entry) => entry.kind === 'request' && entry.operation.startsWith('OMA-DM'))
  const [first, second, third] = posts.map(({ at }) => at) as [number, number, number]
  // INITIALBACKOFFTIME 4 s, CONNRETRYFREQ 2, then the first set of polls: 2 minutes.
  expect(second - first).toBeGreaterThanOrEqual(4_000)
  expect(second - first).toBeLessThan(6_000)
  expect(third - second).toBeGreaterThanOrEqual(120_000)
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
})

test('200 is good for one message alone: each has the digest of the nonce that the last one brought [point 29: foreign server]', async () => {
  const run = await against(['md5=each', 'busy=no'])
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(seenAs('refused', run.log)).toEqual([])
  const shown = withCare(run).filter(({ request }) => textOf(request).includes('<Cred>'))
  expect(seenAs('authenticated', run.log).length).toBeGreaterThan(seenAs('package1', run.log).length * 2)
  expect(shown.length).toBe(seenAs('authenticated', run.log).length)
})

test('asked for MD5 a device shows it in every session, and 212 holds for the whole of it [point 29: foreign server]', async () => {
  const run = await against(['md5=yes'])
  expect(run.result.outcome).toMatchObject({ kind: 'desktop', managed: true })
  expect(seenAs('authenticated', run.log)).toHaveLength(seenAs('package1', run.log).length)
  expect(seenAs('refused', run.log)).toEqual([])
  const shown = withCare(run).filter(({ request }) => textOf(request).includes('<Cred>'))
  expect(shown).toHaveLength(seenAs('authenticated', run.log).length)
})

test('a digest with one bit flipped is refused, and the session with it [point 29: foreign server]', async () => {
  const run = await against(['md5=yes'], (request) => {
    const digest = /<Cred>.*?<\/Meta><Data>([^<]+)</.exec(
      request.url.includes('/care/sync') ? textOf(request) : '',
    )?.[1]
    return digest ? changed(request, digest, flipped(digest, 3)) : request
  })
  expect([seenAs('authenticated', run.log), seenAs('package1', run.log)]).toEqual([[], []])
  const troubles = run.result.journal.flatMap((entry) =>
    entry.kind === 'log' && entry.event === 'sessionFailed' ? [entry.text] : [],
  )
  expect(troubles[0]).toContain('0x87d10191')
})

test('a person who disconnects the account: the server hears of it first, and the device is no longer managed [point 46: foreign server]', async () => {
  const run = await against(['hello=on'], undefined, {
    staysAtHello: '20m',
    began: ({ timeline, device }) => void timeline.schedule(10 * 60_000, () => device.disconnectAccount()),
  })
  const goodbye = seenAs('alert', run.log).filter(({ type }) => type === 'com.microsoft:mdm.unenrollment.userrequest')
  expect(goodbye).toMatchObject([{ code: '1226', data: '1' }])
  expect(run.log.at(-1)).toMatchObject({ event: 'package1', session: goodbye[0]!.session })
  const { device } = run.run
  expect([device.management, device.authorities, device.csp.names(`${DEVICE}/DMClient/Provider`)]).toEqual([
    undefined,
    undefined,
    [],
  ])
})

test.each([
  ['lost', 0x80190194],
  ['spoiled', 0x80091007],
])(
  'packages that are %s are reported with their HRESULT, after as many tries as the job allows [point 56: foreign server]',
  async (parcels, hresult) => {
    const run = await against([`parcels=${parcels}`])
    expect(run.result.outcome).toMatchObject({
      page: 'enrollmentStatusFailure',
      code: `0x${hresult.toString(16)}`,
    })
    const results = seenAs('alert', run.log).filter(({ type }) => String(type).endsWith('win32csp_install'))
    expect(results.map(({ data }) => data)).toEqual(Array(3).fill(String(hresult | 0)))
    // Two addresses, tried once and three times more, for each of three.
    const fetched = seenAs('get', run.log).filter(({ path }) => String(path).startsWith('/parcels/'))
    expect(fetched).toHaveLength(24)
  },
)

test('unenrolled by the server a device says goodbye, forgets all, and its certificate is worth nothing [point 46: foreign server]', async () => {
  const run = await against(['unenrol=yes'])
  expect(run.result.outcome).toMatchObject({ managed: false })
  expect(seenAs('alert', run.log).at(-1)).toMatchObject({
    code: '1226',
    type: 'com.microsoft:mdm.unenrollment.userrequest',
    data: '1',
  })
  const { device } = run.run
  expect([device.management, device.authorities, device.csp.names(`${DEVICE}/DMClient/Provider`)]).toEqual([
    undefined,
    undefined,
    [],
  ])
})
