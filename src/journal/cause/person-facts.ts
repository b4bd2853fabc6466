import type { FactBehind } from './cause.ts'
import { type Incident, pageOf } from './incident.ts'
import type { KnownSpec, Story } from './story.ts'

type Found = Pick<FactBehind, 'fact' | 'text'>

/** What the person did on the page that reports a trouble. */
export function personFact(story: Story, incident: Incident): Found | undefined {
  if (incident.kind === 'unanswered') return declinedTerms(story)
  if (incident.kind !== 'page') return undefined
  const { text } = incident
  switch (pageOf(incident)) {
    case 'network':
      return (
        typed(story, 'key', 'key', 'the network has another key') ??
        typed(story, 'password', 'name or the password', 'the network has another password') ??
        hiddenName(story, text)
      )
    case 'hello':
      return pin(story, text)
    case 'localReset':
      return typed(story, 'password', 'is incorrect', 'that account has another password, or may not reset the device')
    case 'signIn':
      return text.includes('timed out') ? waited(story) : undefined
    default:
      return undefined
  }

  function typed({ spec }: Story, field: string, words: string, but: string): Found | undefined {
    const fact = text.includes(words) ? answerOf(story, field) : undefined
    return fact === undefined || spec.person === undefined
      ? undefined
      : { fact, text: `the person typed this ${field}, and ${but}` }
  }
}

/** Where the answer comes from that was typed last into a secret field: of the person alone. */
export function answerOf({ stimuli }: Story, field: string): string | undefined {
  const last = stimuli.findLast(({ stimulus }) => stimulus.kind === 'press' && field in stimulus.values)?.stimulus
  const value = last?.kind === 'press' ? last.values[field] : undefined
  return typeof value === 'object' && value.secret.startsWith('person.') ? value.secret : undefined
}

type Answer = string | Record<string, unknown>

/** The answers of the person for a page, and their paths in the RunSpec. */
function answersFor({ person = {} }: KnownSpec, page: string): [path: string, answer: Answer][] {
  const given = person[page] as Answer | Answer[] | undefined
  if (given === undefined) return []
  return Array.isArray(given)
    ? given.map((answer, index) => [`person.${page}.${index}`, answer])
    : [[`person.${page}`, given]]
}

const isWith = (answer: Answer, field: string): answer is Record<string, unknown> =>
  typeof answer === 'object' && field in answer

function hiddenName({ spec, stimuli }: Story, text: string): Found | undefined {
  const last = stimuli.findLast(({ stimulus }) => stimulus.kind === 'press' && 'name' in stimulus.values)?.stimulus
  const name = last?.kind === 'press' ? last.values.name : undefined
  const found = answersFor(spec, 'network').find(([, answer]) => isWith(answer, 'name') && answer.name === name)
  if (!text.includes('out of range') || typeof name !== 'string' || !found) return undefined
  return { fact: `${found[0]}.name`, text: `the person typed the name "${name}", which no Wi-Fi has` }
}

function pin(story: Story, text: string): Found | undefined {
  const fact = /PIN/.test(text) ? answerOf(story, 'pin') : undefined
  if (fact === undefined) return undefined
  const isTwice = text.includes('not the same')
  const rules = story.spec.tenant.windowsHello
  return {
    fact,
    text:
      isTwice || !rules ? 'the person typed this PIN' : 'the person typed this PIN, and the tenant has rules for it',
  }
}

function waited({ spec }: Story): Found | undefined {
  const found = answersFor(spec, 'signIn').find(([, answer]) => isWith(answer, 'wait'))
  return found && { fact: `${found[0]}.wait`, text: 'the person waited on this page' }
}

/** Terms that a person did not accept lead back to the sign-in. */
function declinedTerms({ spec, stimuli }: Story): Found | undefined {
  const hasDeclined = stimuli.some(
    ({ stimulus }) => stimulus.kind === 'press' && stimulus.page === 'deviceJoin' && stimulus.control === 'cancel',
  )
  return hasDeclined && spec.tenant.enrollment?.termsOfUse
    ? { fact: 'tenant.enrollment.termsOfUse', text: 'the tenant has terms of use, and the person declined them' }
    : undefined
}
