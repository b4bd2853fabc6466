import { describe, expect, test } from 'vitest'
import { enrollmentStatusMachine } from '../../../machines/enrollment-status/enrollment-status.ts'
import type { EspPolicy } from '../../../src/domain/esp.ts'
import { aPolicy } from '../samples.ts'
import { everyMove, firstContext, moveOf, press } from '../scene.ts'

const input = { phase: 'device', isDone: false, isEnrolled: true } as const
const contextWith = (policy: EspPolicy) => ({ ...firstContext(enrollmentStatusMachine, input), policy })

const EVENTS = {
  'policy.known': { type: 'policy.known', isNew: false },
  'policy.known, and new': { type: 'policy.known', isNew: true },
  'user.tryAgain': press('user.tryAgain'),
  'user.continueAnyway': press('user.continueAnyway'),
  'user.reset': press('user.reset'),
  'user.collectLogs': press('user.collectLogs'),
} as const

describe('when the policy allows every button', () => {
  everyMove(enrollmentStatusMachine, {
    context: contextWith(aPolicy()),
    events: EVENTS,
    moves: {
      awaitingPolicy: { 'policy.known': 'readingPolicy', 'policy.known, and new': 'noticingPolicy' },
      noticingPolicy: {},
      readingPolicy: {},
      'running.preparing': {},
      'running.settingUp': {},
      'running.settingUpAccount': {},
      failed: {
        'user.tryAgain': 'retrying',
        'user.continueAnyway': 'reportingContinuation',
        'user.reset': 'reset',
        'user.collectLogs': 'failed',
      },
      retrying: {},
      reportingSuccess: {},
      reportingRestart: {},
      reportingContinuation: {},
    },
  })
})

describe('a button that the policy does not allow is ignored', () => {
  test.each([
    ['user.tryAgain', { canRetry: false }],
    ['user.continueAnyway', { canContinue: false }],
    ['user.reset', { canReset: false }],
    ['user.collectLogs', { canCollectLogs: false }],
  ] as const)('%s', (event, over) => {
    const context = contextWith(aPolicy(over))
    expect(moveOf(enrollmentStatusMachine, 'failed', context, EVENTS[event])).toBe('ignored')
  })
})
