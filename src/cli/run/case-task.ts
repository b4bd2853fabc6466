import { AdjustablePace } from '../../ports/pace.ts'
import { elapsed } from '../../ports/stopwatch.ts'
import { oneForAll } from '../../scenario/one-for-all.ts'
import type { SealedRun } from '../../scenario/spec-of.ts'
import { redirectPrinting } from '../print.ts'
import { reportedKeys } from '../reported-keys.ts'
import type { Task } from '../worker/tasks.ts'
import type { CaseResult } from './case-job.ts'
import { playThoroughly } from './play-thoroughly.ts'

/** Pages are told no faster than a terminal shows them. */
const TELL_MS = 100

/** A play in a worker process: what it prints goes along with its result. */
export const caseTask: Task<'playCase'> = async (job, { stopping, tell }) => {
  const printed: CaseResult['printed'] = []
  const printAgain = redirectPrinting(() => (kind, text) => void printed.push([kind, text]))
  let sinceTold: (() => number) | undefined
  const onPage = (page: string) => {
    if (sinceTold && sinceTold() < TELL_MS) return
    sinceTold = elapsed()
    tell(page)
  }
  try {
    const pace = new AdjustablePace(job.settings.speed)
    const sealed = shared(job.sealed)
    const finished = await playThoroughly(job, () => sealed, { stopping, keys: reportedKeys, pace, onPage })
    return { finished, printed }
  } finally {
    printAgain()
  }
}

/** What is equal to that of another job is made once: a message between processes is a copy. */
function shared({ spec, vault }: SealedRun): SealedRun {
  const { tenant, network, person, expect } = spec
  return {
    vault,
    spec: {
      ...spec,
      tenant: oneForAll(tenant),
      network: oneForAll(network),
      person: oneForAll(person),
      expect: expect && oneForAll(expect),
    },
  }
}
