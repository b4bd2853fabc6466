import { expect, test } from 'vitest'
import { directly } from './serve.ts'

const DEVICES = '/deviceManagement/windowsAutopilotDeviceIdentities'

/** Milliseconds of processor time. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function school(count: number) {
  const { ask, tenant } = directly({}, [{ device: 'surface-laptop-se' }])
  const [device] = tenant.directory.now.devices.values()
  const ids = Array.from({ length: count }, (_, index) => `id-${index}`)
  const devices = new Map(ids.map((id, index) => [id, { ...device!, id, serialNumber: `S${index}` }]))
  tenant.directory.change(tenant.now(), () => ({ devices }))
  return { ask, ids }
}

test.each(['v1.0', 'beta'])('10,000 devices are listed, filtered and ordered within a second in %s', (version) => {
  const { ask, ids } = school(10_000)
  const seen = new Set<string>()
  const took = processorMs(() => {
    for (let url: string | undefined = `/${version}${DEVICES}`; url; ) {
      const { json } = ask('GET', url)
      for (const { id } of json.value) seen.add(id)
      url = json['@odata.nextLink']?.replace('https://graph.microsoft.test', '')
    }
    expect(ask('GET', `/${version}${DEVICES}?$filter=contains(serialNumber,'S99')`).json.value).toHaveLength(111)
    expect(ask('GET', `/${version}${DEVICES}?$orderby=serialNumber desc&$top=1`).json.value[0].serialNumber).toBe(
      'S9999',
    )
  })
  expect(seen.size).toBe(ids.length)
  expect(took).toBeLessThan(1_000)
})

test('a batch of 20 takes no longer than 20 requests', () => {
  const { ask, ids } = school(1_000)
  const path = (id: string) => `${DEVICES}/${id}`
  const single = () => {
    for (const id of ids) ask('GET', `/beta${path(id)}`)
  }
  const batches = () => {
    for (let from = 0; from < ids.length; from += 20) {
      const requests = ids.slice(from, from + 20).map((id) => ({ id, method: 'GET', url: path(id) }))
      expect(ask('POST', '/beta/$batch', { requests }).json.responses).toHaveLength(20)
    }
  }
  const least = (work: () => void) => Math.min(...Array.from({ length: 4 }, () => processorMs(work)))
  expect(least(batches)).toBeLessThan(least(single))
})
