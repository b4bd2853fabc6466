import type { PreparationProgress, PreparationSettings, Workload } from '../../src/domain/device-preparation.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { press, type Samples } from '../samples.ts'
import type { requiredSetupMachine } from './required-setup.ts'

const SETTINGS: PreparationSettings = {
  limitMs: 60 * 60_000,
  agentLimitMs: 30 * 60_000,
  errorText: 'Ask at the library.',
  canSkip: true,
  canCollectLogs: true,
  isStandardUser: true,
  policy: 'Pupils',
}

const LOB: Workload = { id: 'a', name: 'Reader', kind: 'msi', state: 'notStarted' }
const SCRIPT: Workload = { id: 'b', name: 'Time zone', kind: 'script', state: 'notStarted' }
const WIN32: Workload = { id: 'c', name: 'Drawing', kind: 'win32', state: 'notStarted' }

const here = (...workloads: Workload[]): PreparationProgress => ({ agent: { state: 'here' }, workloads })
const done = (one: Workload): Workload => ({ ...one, state: 'completed' })

const OPEN = here(LOB, SCRIPT, WIN32)

export const requiredSetupSamples: Samples<typeof requiredSetupMachine> = {
  inputs: {
    fresh: { isDone: false, isStandard: false },
    done: { isDone: true, isStandard: true },
  },
  events: [
    press('user.tryAgain'),
    press('user.continueAnyway'),
    press('user.collectLogs'),
    press('user.next'),
    { type: 'sync.over' },
    { type: 'percent.passed' },
    { type: 'limit.reached' },
    ...[
      OPEN,
      here(done(LOB), SCRIPT, WIN32),
      here(done(LOB), done(SCRIPT), WIN32),
      here(done(LOB), done(SCRIPT), done(WIN32)),
      here(done(LOB), done(SCRIPT), { ...WIN32, state: 'rebootRequired' }),
      here({ ...LOB, state: 'failed', code: CODE.timedOut }, SCRIPT, WIN32),
      here(done(LOB), { ...SCRIPT, state: 'failed', code: CODE.timedOut }, WIN32),
      here(done(LOB), done(SCRIPT), { ...WIN32, state: 'failed', code: CODE.timedOut }),
      { agent: { state: 'failed' as const, code: CODE.timedOut }, workloads: [LOB] },
    ].map((progress) => ({ type: 'workloads.changed' as const, progress })),
  ],
  done: {
    readSettings: [SETTINGS, { ...SETTINGS, canSkip: false, canCollectLogs: false }],
    enforceAccountType: [undefined],
    reportOutcome: [undefined],
    retryFailed: [OPEN],
  },
  decisive: ({ percent: _percent, logsCollected: _logs, ...context }) => context,
}
