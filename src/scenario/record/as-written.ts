import type { Whereabouts } from '../../domain/named-locations.ts'
import type { NetworkEnvironment, PortalFacts } from '../../domain/network.ts'
import type { Answers } from '../../domain/person.ts'
import type { EventEffect } from '../../events/event-kinds.ts'
import type { EventCondition, EventRule } from '../../events/event-rules.ts'

export type Plain = Record<string, unknown>

const UNITS: readonly [unit: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
]

/** `90000` as a file has it: `90s`. The largest unit of which it is a whole number. */
export function durationWords(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms !== 0 && ms % each === 0) ?? ['ms', 1]
  return `${ms / size}${unit}`
}

const signedWords = (ms: number): string => `${ms < 0 ? '-' : ''}${durationWords(Math.abs(ms))}`

/** What is undefined is left out. */
const withoutUndefined = (facts: Plain): Plain =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined))

/** `network:` of a scenario, written out. */
export function networkWords(facts: NetworkEnvironment): Plain {
  const { ethernet, wifi, latencyMs, inspect, from, ...others } = facts
  const { link, captivePortal, from: cableFrom, ...cable } = ethernet
  return {
    ethernet: { link, captivePortal: portalWords(captivePortal), ...cable, ...placeWords(cableFrom) },
    wifi: wifi.map(({ from: own, captivePortal: portal, ...one }) => ({
      ...one,
      captivePortal: portalWords(portal),
      ...placeWords(own),
    })),
    latency: durationWords(latencyMs),
    ...others,
    ...(inspect ? { inspect } : {}),
    ...placeWords(from),
  }
}

const placeWords = ({ address, country }: Whereabouts = {}): Plain =>
  withoutUndefined({ publicAddress: address, country })

function portalWords(portal: boolean | PortalFacts): unknown {
  if (typeof portal === 'boolean') return portal
  const { opensAfterMs, sessionMs, ...others } = portal
  return withoutUndefined({
    ...others,
    opensAfter: opensAfterMs && durationWords(opensAfterMs),
    session: sessionMs && durationWords(sessionMs),
  })
}

/** `person:` of a scenario. */
export const answerWords = ({ thinkTime, ...pages }: Answers): Plain => ({
  ...(thinkTime === undefined ? {} : { thinkTime: durationWords(thinkTime) }),
  ...pages,
})

/** An entry of `events:`. */
export const eventWords = ({ when, does, laterMs, forMs, name, times, from }: EventRule): Plain =>
  withoutUndefined({
    when: conditionWords(when),
    [does.kind]: effectWords(does),
    name,
    later: laterMs === undefined ? undefined : durationWords(laterMs),
    for: forMs === undefined ? undefined : durationWords(forMs),
    times: times === 1 ? undefined : times,
    from: from === 1 ? undefined : from,
  })

function conditionWords(when: EventCondition): Plain {
  switch (when.kind) {
    case 'time':
      return { at: durationWords(when.atMs) }
    case 'state':
    case 'left':
      return { [when.kind]: `${when.machine}.${when.state}` }
    case 'page':
      return { page: when.page }
    case 'after':
      return { after: when.event }
    case 'csp':
      return { csp: when.command === undefined ? when.uri : `${when.command} ${when.uri}` }
    case 'request':
      return { request: when.method === undefined ? when.url : `${when.method} ${when.url}` }
  }
}

/** What an event does, as a file has it. */
export function effectWords(does: EventEffect): unknown {
  switch (does.kind) {
    case 'administrator':
      return { [does.value.kind]: does.value.value }
    case 'clock':
      return signedWords(does.value)
    case 'delay':
      return durationWords(does.value)
    case 'slow': {
      const { latencyMs, downloadMbps } = does.value
      return withoutUndefined({ latency: latencyMs && durationWords(latencyMs), downloadMbps })
    }
    default:
      return does.value
  }
}
