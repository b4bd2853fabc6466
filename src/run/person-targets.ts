import type { Answer } from '../domain/person.ts'
import type { Screen } from '../domain/screen.ts'
import type { Stimulus } from '../domain/stimulus.ts'
import type { Effects } from './effects.ts'
import { openedIn, withSecretsNamed } from './page-fields.ts'
import type { Explanation, KeyMove, Person } from './person.ts'
import type { PersonTurn } from './person-turn.ts'
import type { SecretNames } from './secret-names.ts'
import type { StimulusTargets } from './stimuli.ts'

type Press = Extract<Stimulus, { kind: 'press' }>
type Does = Extract<Stimulus, { kind: 'does' }>['answer']

interface Parts {
  turn: PersonTurn
  effects: Effects
  secrets: SecretNames
  person: Person
  people: Readonly<Record<string, Person>>
  screen(): Screen | null
  press(stimulus: Press): boolean
  pressKeys(keys: string): boolean
}

type Targets = Pick<StimulusTargets, 'pausePerson' | 'handOver' | 'presence' | 'become' | 'does' | 'pressKeys'>

/** What a stimulus does with the people at the device. */
export const personTargets = ({
  turn,
  effects,
  secrets,
  person,
  people,
  screen,
  press,
  pressKeys,
}: Parts): Targets => ({
  pressKeys,
  pausePerson: (ms) => turn.leave(ms),
  handOver: (who) => turn.handOver(who),
  presence: (is) => turn.presence(is) || effects.refuse(`the person is ${is === 'away' ? 'away' : 'there'} already`),
  become: (who) => {
    const next = people[who]
    return next ? turn.become(next) : effects.refuse(`the scenario has no person "${who}"`)
  },
  does: (answer) => {
    const act = actOf(answer, screen(), person, secrets)
    if ('text' in act) return effects.refuse(act.text)
    return 'keys' in act ? pressKeys(act.keys) : press(act)
  },
})

/** What the words of an answer come to on the page that is shown; why nothing, where they do not fit. */
function actOf(
  answer: Does,
  screen: Screen | null,
  person: Person,
  secrets: SecretNames,
): Press | KeyMove | Explanation {
  if (!screen) return { text: 'the device is off, or the screen is dark', controls: [] }
  const act = person.once?.(openedIn(answer, secrets) as Answer, screen)
  if (!act) return { text: 'the pages are answered in another way', controls: [] }
  return 'control' in act ? (withSecretsNamed({ kind: 'press', ...act }, screen, secrets) as Press) : act
}
