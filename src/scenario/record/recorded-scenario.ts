import { isDeepStrictEqual } from 'node:util'
import { Document, isMap, isSeq, visit } from 'yaml'
import { parseDuration } from '../../domain/duration.ts'
import type { JournalEntry } from '../../domain/journal.ts'
import { USAGE_LIMITS } from '../../domain/limits.ts'
import type { NetworkEnvironment } from '../../domain/network.ts'
import type { Answers } from '../../domain/person.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import type { EventRule } from '../../events/event-rules.ts'
import type { RunDevice } from '../../run/run-spec.ts'
import { open } from '../../run/seal.ts'
import { networkUsed } from '../by-name.ts'
import { environmentOf } from '../environment.ts'
import { loadDeviceFile, loadTenantFile, namesOf } from '../library.ts'
import { checked, unwritten } from '../override.ts'
import { networkSchema } from '../schema/network.ts'
import { oneDeviceSchema } from '../schema/scenario.ts'
import type { SealedRun } from '../spec-of.ts'
import { answerWords, durationWords, eventWords, networkWords, type Plain } from './as-written.ts'
import { changesOf } from './changes.ts'
import { isByHand, recordedByHand } from './recorded-by-hand.ts'
import { recordedExpectations } from './recorded-expectations.ts'

/** A scenario that plays what a finished run played. `unused`: answers of the run's person that no page has used, by their paths. */
export function recordedScenario(
  { spec, vault }: SealedRun,
  journal: readonly JournalEntry[],
  unused: readonly string[],
): Plain {
  const expect = recordedExpectations(journal)
  if (!expect) refuse('it was stopped before its end: there is no end to expect')
  const { startsAt, clockSkewMs, limits, before } = spec
  if (before) refuse('it began with what other devices had left in the school: one device alone does not have that')
  const events = (open(spec.events as never, vault) as EventRule[]).map(eventWords)
  const byHand = isByHand(journal) ? recordedByHand(journal, vault) : undefined
  if (byHand && byHand.left.length > 0)
    refuse(`a scenario has no words for what was done by hand: ${byHand.left.join(', ')}`)
  const person = without(byHand?.person ?? open<Answers>(spec.person, vault), unused, 'person')
  const people = open<Record<string, Answers>>(spec.people ?? {}, vault)
  return {
    title: spec.title,
    device: deviceOf(open<RunDevice>(spec.device, vault)),
    tenant: tenantOf(open<TenantDefinition>(spec.tenant, vault)),
    seed: spec.seed,
    ...(Date.parse(startsAt) === Date.parse(oneDeviceSchema.entries.startsAt.default) ? {} : { startsAt }),
    ...(clockSkewMs === 0 ? {} : { clockSkew: `${clockSkewMs < 0 ? '-' : ''}${durationWords(Math.abs(clockSkewMs))}` }),
    network: networkOf(open<NetworkEnvironment>(spec.network, vault)),
    person: answerWords(person),
    ...(Object.keys(people).length === 0
      ? {}
      : {
          people: Object.fromEntries(
            Object.entries(people).map(([name, one]) => [name, answerWords(without(one, unused, `people.${name}`))]),
          ),
        }),
    ...(events.length + (byHand?.events.length ?? 0) === 0 ? {} : { events: [...events, ...(byHand?.events ?? [])] }),
    ...limitsOf(limits),
    expect,
  }
}

function refuse(why: string): never {
  throw new UserError('ERR_NOT_RECORDED', `this run cannot be a scenario: ${why}`)
}

/** An answer by its path is taken out; so is a page whose answers are all out. */
function without(person: Answers, unused: readonly string[], at: string): Answers {
  const left = JSON.parse(JSON.stringify(person)) as Plain
  const paths = unused.filter((path) => path.startsWith(`${at}.`)).map((path) => path.slice(at.length + 1).split('.'))
  // From the back, so that the numbers of those before stay.
  for (const [page, ...rest] of paths.reverse()) {
    const holder = rest.slice(0, -1).reduce<unknown>((inner, key) => (inner as Plain)[key], left[page!])
    const last = rest.at(-1)
    if (last === undefined) delete left[page!]
    else if (rest.length === 1 && Array.isArray(left[page!])) (left[page!] as unknown[]).splice(Number(last), 1)
    else delete ((rest.length === 1 ? left[page!] : holder) as Plain)[last]
  }
  return left as Answers
}

function deviceOf(device: RunDevice): unknown {
  const { id, ...facts } = device
  const { id: _, provenance, ...known } = named('device', id, () => loadDeviceFile(id))
  void provenance
  return reference('device', id, known, facts)
}

function tenantOf({ id, ...facts }: TenantDefinition): unknown {
  const { id: _, ...known } = named('tenant', id, () => loadTenantFile(id))
  return reference('tenant', id, known, facts)
}

/** Code `ERR_NOT_RECORDED` for a file that is not there any more. */
function named<Facts>(kind: string, id: string, load: () => Facts): Facts {
  try {
    return load()
  } catch (error) {
    if (error instanceof UserError && error.code === 'ERR_NOT_FOUND') return refuse(`the ${kind} "${id}" is not here`)
    throw error
  }
}

function reference(kind: string, id: string, known: object, facts: object): unknown {
  const changes = changesOf(known as Plain, facts as Plain)
  if (!changes) return refuse(`the ${kind} differs from "${id}" in what \`with\` cannot say`)
  return Object.keys(changes).length === 0 ? id : { use: id, with: changes }
}

/** By name where it is one of a file, so that what this run did not need of it counts as no setting. */
function networkOf(facts: NetworkEnvironment): unknown {
  const known = namesOf('network').map((name) => ({
    name,
    words: networkWords(environmentOf(networkUsed(name, unwritten(name)).definition)),
  }))
  const words = networkWords(facts)
  const same = known.find((one) => isDeepStrictEqual(one.words, words))
  if (same) return same.name
  const near = known
    .flatMap(({ name, words: before }) => {
      const changes = changesOf(before, words)
      return changes && !('wifi' in changes) && !('ethernet' in changes) ? [{ use: name, with: changes }] : []
    })
    .sort((one, other) => Object.keys(one.with).length - Object.keys(other.with).length)
  return near[0] ?? withoutUsual(words)
}

/** What a network has where a file says nothing. */
function withoutUsual(words: Plain): Plain {
  const usual = networkWords(environmentOf(checked(networkSchema, {}, unwritten('network'))))
  return Object.fromEntries(Object.entries(words).filter(([name, value]) => !isDeepStrictEqual(value, usual[name])))
}

function limitsOf({ stuckAfterMs, deviceTimeMs, ...counts }: SealedRun['spec']['limits']): Plain {
  const usual = parseDuration(oneDeviceSchema.entries.stuckAfter.default)
  const stated = Object.entries(counts).filter(([name, value]) => value !== USAGE_LIMITS[name as keyof typeof counts])
  const limits = {
    ...Object.fromEntries(stated),
    ...(deviceTimeMs === USAGE_LIMITS.deviceTimeMs + stuckAfterMs ? {} : { deviceTime: durationWords(deviceTimeMs) }),
  }
  return {
    ...(stuckAfterMs === usual ? {} : { stuckAfter: durationWords(stuckAfterMs) }),
    ...(Object.keys(limits).length === 0 ? {} : { limits }),
  }
}

/** Of a collection in one line. */
const FLOW_MAX = 120

/** The text of a scenario's file: what is short is in one line. */
export function scenarioText(scenario: Plain, comments: readonly string[]): string {
  const document = new Document(scenario, { aliasDuplicateObjects: false })
  visit(document, {
    Collection(_, node, path) {
      if (path.length < 2 || !(isMap(node) || isSeq(node))) return
      if (JSON.stringify(node.toJSON()).length < FLOW_MAX) node.flow = true
    },
  })
  const head = comments.map((line) => `# ${line}\n`).join('')
  return head + document.toString({ lineWidth: 0, flowCollectionPadding: true })
}
