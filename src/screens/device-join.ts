import type { ContextFrom } from 'xstate'
import type { deviceJoinMachine } from '../../machines/pages/device-join.ts'
import type { View } from '../domain/view.ts'
import type { Texts } from '../texts/en.ts'
import { preparationScreen } from './device-preparation.ts'
import { button, type Draft, detail, failureOf, line, primary, type StateOf, tryAgain, working } from './parts.ts'

export function deviceJoinScreen(
  context: ContextFrom<typeof deviceJoinMachine>,
  state: StateOf<typeof deviceJoinMachine>,
  texts: Texts,
  view: View,
): Draft {
  const { deviceJoin: said, common } = texts
  const { terms, trouble, joinsAs, isAgreed } = context
  if (state === 'readingTerms') return termsScreen(terms, texts)
  if (state === 'acceptingTerms') return { ...working(common.justAMoment), step: state }
  if (state === 'declined') {
    return {
      step: 'declined',
      title: common.somethingWentWrong,
      body: [line(texts.errorPage.termsOfUse)],
      controls: [button('startOver', common.startOver, 'user.startOver'), tryAgain(texts)],
      why: [{ fact: 'the terms were not accepted', effect: 'no join' }],
    }
  }
  if (state !== 'failed') return preparationScreen('joiningNetwork', joinsAs, null, [], texts, view)
  const controls = [button('startOver', common.startOver, 'user.startOver'), tryAgain(texts)]
  if (isAgreed) return preparationScreen('joiningNetwork', joinsAs, trouble, controls, texts, view)
  const failure = failureOf(trouble)
  return {
    step: 'termsFailed',
    title: common.somethingWentWrong,
    body: [line(said.noTerms), line(failure.text, 'detail'), line(failure.code, 'code')],
    controls,
    failure,
  }
}

/** Lines of the terms that fit on a page. */
const TERMS_LINES_MAX = 10

/** The page is the service's own in a web host. */
const termsScreen = (terms: readonly string[], { deviceJoin, common }: Texts): Draft => ({
  step: 'terms',
  title: deviceJoin.terms,
  body: [
    ...terms.slice(0, TERMS_LINES_MAX).map((text) => line(text)),
    ...(terms.length > TERMS_LINES_MAX
      ? [detail(deviceJoin.moreLines({ count: terms.length - TERMS_LINES_MAX }))]
      : []),
  ],
  controls: [button('cancel', common.cancel, 'user.cancel'), primary('accept', common.accept, 'user.accept')],
  why: [{ fact: 'the claim mdm_terms_of_use_url of the sign-in', effect: 'terms of use before the join' }],
})
