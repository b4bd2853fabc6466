import { setImmediate } from 'node:timers/promises'
import { createActor, setup } from 'xstate'
import { shownBy } from '../../src/domain/view.ts'
import { WAIT } from '../../src/run/person.ts'
import type { Run } from '../../src/run/run.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/**
 * Devices whose `region` page waits for a person who does not come, all in one process and all alive: what one of them
 * holds. The yardstick is an XState actor that does nothing. Argument: how many devices.
 */
const count = Number(process.argv[2])
/** Parked before anything is counted: what a process compiles and caches on the way is no device's. */
const WARM = 50
/** So many are on their way at a time: more would make garbage of more. */
const ABREAST = 20
const scenario = loadScenarios('surface-wifi-happy-path')[0]!

/** From power-on to the page that waits, and kept there. Each device has another serial number and board. */
async function park(number: number): Promise<Run> {
  const { smbios } = scenario.device
  const digits = String(number).padStart(12, '0')
  const own = { ...smbios, serialNumber: `SIM-PARK-${digits}`, uuid: smbios.uuid.slice(0, -digits.length) + digits }
  const { run } = await prepareRun(
    { ...scenario, device: { ...scenario.device, smbios: own } },
    { seed: number, transport: 'direct', isLive: true, person: { answer: () => WAIT, explain: () => undefined } },
  )
  return new Promise((resolve, reject) => {
    const stopLooking = run.onUpdate(() => {
      const shown = shownBy(run.view)
      if (shown?.page !== 'region' || !shown.waitsForPerson) return
      stopLooking()
      resolve(run)
    })
    run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
    run.play().then(() => reject(new Error(`seed ${number}: the run has ended`)), reject)
  })
}

async function parkAll(from: number, devices: number): Promise<Run[]> {
  const parked: Run[] = []
  while (parked.length < devices) {
    const next = Math.min(ABREAST, devices - parked.length)
    parked.push(...(await Promise.all(Array.from({ length: next }, (_, index) => park(from + parked.length + index)))))
  }
  return parked
}

/** Bytes that are held, once everything has come to rest. */
async function held(): Promise<number> {
  for (let round = 0; round < 4; round++) {
    await setImmediate()
    globalThis.gc!()
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** Bytes of each of many, and they themselves: they stay alive as long as the result does. */
async function weigh<Item>(make: () => Promise<Item[]>): Promise<{ bytes: number; items: Item[] }> {
  const before = await held()
  const items = await make()
  return { bytes: ((await held()) - before) / items.length, items }
}

const idle = setup({}).createMachine({ initial: 'idle', states: { idle: {} } })
const kept: unknown[] = [await parkAll(1, WARM), createActor(idle).start()]
const actors = await weigh(async () => Array.from({ length: 2_000 }, () => createActor(idle).start()))
const startedAt = process.cpuUsage()
const devices = await weigh(() => parkAll(WARM + 1, count))
const { user, system } = process.cpuUsage(startedAt)
kept.push(actors.items, devices.items)
console.log(
  JSON.stringify({
    count,
    bytes: devices.bytes,
    actorBytes: actors.bytes,
    rssMb: process.memoryUsage().rss / 2 ** 20,
    cpuMs: (user + system) / 1000 / count,
    journalEntries: devices.items.at(-1)!.journal.entries.length,
  }),
)
// No person comes: each of them waits with a timer.
process.exit()
