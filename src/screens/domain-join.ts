import type { ContextFrom } from 'xstate'
import type { domainJoinMachine } from '../../machines/pages/domain-join.ts'
import type { hybridJoinMachine } from '../../machines/pages/hybrid-join.ts'
import { safeText } from '../domain/safe-text.ts'
import { CODE } from '../domain/windows-codes.ts'
import type { Texts } from '../texts/en.ts'
import { type Draft, detail, failureOf, line, tryAgain, working } from './parts.ts'

export function domainJoinScreen(
  { member, trouble, skipsCheck }: ContextFrom<typeof domainJoinMachine>,
  state: unknown,
  texts: Texts,
): Draft {
  const { domainJoin: said, common } = texts
  const why = [
    {
      fact: 'CloudAssignedDomainJoinMethod 1',
      effect: 'hybrid join: the device waits for its offline domain join blob',
    },
    ...(skipsCheck
      ? [{ fact: 'HybridJoinSkipDCConnectivityCheck 1', effect: 'no domain controller has to answer' }]
      : []),
  ]
  if (state === 'failed') {
    const failure = failureOf(trouble)
    return {
      step: 'failed',
      title: common.somethingWentWrong,
      body: [line(safeText(failure.text)), line(failure.code, 'code')],
      controls: [tryAgain(texts)],
      failure: { ...failure, text: safeText(failure.text) },
      why,
    }
  }
  const joined = member
    ? [detail(said.member({ name: safeText(member.computerName), domain: safeText(member.domain) }))]
    : []
  return { ...working(said.title, line(said.joining), ...joined), ...(member ? { step: 'restarting' } : {}), why }
}

export function hybridJoinScreen(
  { trouble }: ContextFrom<typeof hybridJoinMachine>,
  state: unknown,
  texts: Texts,
): Draft {
  const { domainJoin: said, common } = texts
  const why = [{ fact: 'hybrid join', effect: 'Account setup waits until Microsoft Entra knows the computer' }]
  if (state === 'failed') {
    return {
      step: 'failed',
      title: common.somethingWentWrong,
      body: [line(said.notRegistered), line(CODE.timedOut, 'code')],
      controls: [tryAgain(texts)],
      failure: { code: CODE.timedOut, text: said.notRegistered },
      why,
    }
  }
  return {
    ...working(said.title, line(said.accountSetup), line(said.joining), ...(trouble ? [detail(said.notKnownYet)] : [])),
    why,
  }
}
