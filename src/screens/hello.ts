import type { ContextFrom } from 'xstate'
import type { helloMachine } from '../../machines/pages/hello.ts'
import type { PinFault, PinRules } from '../domain/hello.ts'
import type { Texts } from '../texts/en.ts'
import {
  button,
  complaint,
  type Draft,
  detail,
  failureOf,
  line,
  primary,
  type StateOf,
  undrawn,
  working,
} from './parts.ts'

export function helloScreen(
  context: ContextFrom<typeof helloMachine>,
  state: StateOf<typeof helloMachine>,
  texts: Texts,
): Draft {
  const { hello: said, phoneProof, common } = texts
  const { why, rules, fault, trouble, number } = context
  const ok = primary('ok', said.ok, 'user.ok')
  const cancel = button('cancel', common.cancel, 'user.cancel')
  switch (state) {
    case 'introducing':
      return { step: 'intro', title: said.intro, body: [line(said.required)], controls: [ok], why }
    case 'requestingProof':
    case 'sendingProof':
    case 'registeringKey':
      return { ...working(common.justAMoment), step: state, why }
    case 'provingIdentity':
      return {
        step: 'proof',
        title: phoneProof.title,
        body: [line(phoneProof.enterNumber), ...(number === '' ? [] : [line(number)])],
        controls: [cancel],
        progress: {},
        why,
      }
    case 'enteringPin':
      return {
        step: 'pin',
        title: said.setUpPin,
        body: [
          ...(rules ? [detail(said.requirements({ rules: rulesText(rules, texts) }))] : []),
          ...(fault ? [complaint(faultText(fault, texts))] : []),
        ],
        controls: [
          { id: 'pin', kind: 'secret', label: said.newPin },
          { id: 'confirmPin', kind: 'secret', label: said.confirmPin },
          cancel,
          ok,
        ],
        why,
      }
    case 'allSet':
      return { step: 'allSet', title: said.allSet, body: [line(said.isSet)], controls: [ok], why }
    case 'failed':
      return {
        step: 'failed',
        title: common.somethingWentWrong,
        body: [line(said.failed), ...(trouble ? [line(trouble.text, 'detail'), line(trouble.code, 'code')] : [])],
        controls: [button('skip', said.skip, 'user.skip'), primary('tryAgain', common.tryAgain, 'user.tryAgain')],
        ...(trouble ? { failure: failureOf(trouble) } : {}),
        why,
      }
    default:
      return undrawn(state)
  }
}

const KINDS = ['digits', 'uppercase', 'lowercase', 'special'] as const

function rulesText(rules: PinRules, { hello: said }: Texts): string {
  const named = (use: 'required' | 'disallowed') =>
    KINDS.filter((kind) => rules[kind] === use)
      .map((kind) => said[kind])
      .join(', ')
  const [required, disallowed] = [named('required'), named('disallowed')]
  return [
    said.length({ least: rules.minimumLength, most: rules.maximumLength }),
    ...(required === '' ? [] : [said.withKinds({ kinds: required })]),
    ...(disallowed === '' ? [] : [said.withoutKinds({ kinds: disallowed })]),
  ].join('; ')
}

function faultText(fault: PinFault, { hello: said }: Texts): string {
  switch (fault) {
    case 'differs':
    case 'tooShort':
    case 'tooLong':
    case 'tooSimple':
      return said[fault]
    default: {
      const [, verb, kind] = /^(needs|forbids)(\w+)$/.exec(fault)!
      const name = said[kind!.toLowerCase() as (typeof KINDS)[number]]
      return verb === 'needs' ? said.needs({ kind: name }) : said.forbids({ kind: name })
    }
  }
}
