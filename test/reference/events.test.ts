import { expect } from 'vitest'
import { CHANNEL, EVENTS } from '../../src/domain/events.ts'
import { prove, proveTable } from './prove.ts'

const all = Object.values(EVENTS)
const AUTOPILOT: readonly string[] = [CHANNEL.autopilot, CHANNEL.managementService]

const of = (channel: string) => all.filter((event) => CHANNEL[event.channel] === channel)

/** `101/102, 103/104`, `164-167`: the ids, a range whole. */
const idsIn = (text: string): number[] =>
  [...text.matchAll(/\b(\d{1,5})(?:-(\d{1,5}))?\b/g)].flatMap(([, first, last]) => {
    const from = Number(first)
    return Array.from({ length: (last === undefined ? from : Number(last)) - from + 1 }, (_, index) => from + index)
  })

const LEVELS: Readonly<Record<string, string>> = { Warning: 'warning', Info: 'information', Error: 'error' }

proveTable('8.1', 'the device logs it, at this level', ({ cells: [ids, level] }) => {
  const logged = all.filter(({ channel, id }) => AUTOPILOT.includes(CHANNEL[channel]) && idsIn(ids!).includes(id))
  expect(logged.length).toBeGreaterThan(0)
  // A row of one id has one level; of several, the sentence says which of them is the failure.
  const said = LEVELS[level!]
  if (said !== undefined && idsIn(ids!).length === 1 && ids !== '153') {
    for (const event of logged) expect([event.id, event.level]).toEqual([event.id, said])
  }
})

prove(['8.2/62404', '8.2/62405', '8.2/62407'], 'Shell-Core has it', ({ cells: [id] }) => {
  expect(of(CHANNEL.shell).some((event) => event.id === Number(id))).toBe(true)
})

prove(['8.2/62407'], 'a failure and a time limit have their names', ({ cells: [, about] }) => {
  const texts = of(CHANNEL.shell)
    .filter(({ id }) => id === 62407)
    .map(({ text }) => text)
    .join(' ')
  for (const name of ['CommercialOOBE_ESPProgress_Page_Exiting', '_Failure', '_Timeout', '_WhiteGlove_Success']) {
    expect([name, about!.includes(name.replace(/^_(?=[FTW])/, '_')), texts.includes(name)]).toEqual([name, true, true])
  }
})

/** Ids that a device of this simulation does not log, and why. */
const NOT_LOGGED: Readonly<Record<string, readonly number[]>> = {
  // A client certificate that cannot be installed, schedules that cannot be set; the domain join is of hybrid devices.
  '8.3/devicemanagement-enterprise-diagnostics-provider-admin': [15, 19, 21, 23, 25, 100, 107, 109, 110, 111],
  // Of a hybrid join.
  '8.3/user-device-registration-admin': [304, 306],
}
const CHANNELS: Readonly<Record<string, string>> = {
  '8.3/devicemanagement-enterprise-diagnostics-provider-admin': CHANNEL.management,
  '8.3/user-device-registration-admin': CHANNEL.registration,
  '8.3/helloforbusiness-operational': CHANNEL.hello,
  '8.3/windowsupdateclient-operational': CHANNEL.updates,
}

prove(
  [
    ...['8.3/devicemanagement-enterprise-diagnostics-provider-admin', '8.3/user-device-registration-admin'],
    ...['8.3/helloforbusiness-operational', '8.3/windowsupdateclient-operational'],
  ],
  'the channel has its ids',
  ({ id, cells: [, about] }) => {
    const has = new Set<number>(of(CHANNELS[id]!).map((event) => event.id))
    const expected = idsIn(about!).filter((one) => !NOT_LOGGED[id]?.includes(one))
    expect(expected.length).toBeGreaterThan(1)
    expect(expected.filter((one) => !has.has(one))).toEqual([])
  },
)
