import type { Target } from '../domain/target.ts'
import { hostsOf } from '../domain/target-hosts.ts'
import { freshBytes } from '../ports/fresh-keys.ts'
import { deadline, pause } from '../ports/stopwatch.ts'
import { targetTransport } from '../ports/target-transport.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { checkTarget } from '../scenario/check-target.ts'
import { connectionTo, loadTarget } from '../scenario/target.ts'
import { exitOnSignals } from './exit-on-signals.ts'
import { printNote } from './print.ts'
import { hideSplash } from './splash.ts'
import { obtainToken } from './token/obtain-token.ts'

/** Switches off the checks of certificates in every program that runs on Node. */
const TLS_SWITCH = 'NODE_TLS_REJECT_UNAUTHORIZED'

/** Of one request to an identity provider. */
const ANSWER_MAX_MS = 30_000

/** A target that has answered, and that a person has signed in to where its profile requires that. Codes as `loadTarget`, `checkTarget` and `obtainToken`. */
export async function reachedTarget(service: string, trust: string | undefined): Promise<Target> {
  const target = openTarget(service, trust)
  await checkTarget(target)
  return signedIn(target)
}

/** The target that `--service` and `--trust` name. Certificates are checked whatever the environment says. Codes as `loadTarget`. */
export function openTarget(service: string, trust: string | undefined): Target {
  const target = loadTarget(service, trust === undefined ? [] : [trust])
  if (process.env[TLS_SWITCH] === '0') {
    hideSplash()
    printNote(
      `${TLS_SWITCH}=0 is ignored: certificates of ${target.title} are checked. --trust FILE names an authority to trust`,
    )
    // Connections do not heed it. Node would say that they do.
    delete process.env[TLS_SWITCH]
  }
  return target
}

/**
 * The target with the token that its profile asks a person for. The person reads standard error: what a program reads
 * stays its own. Codes as `obtainToken`.
 */
export async function signedIn(target: Target): Promise<Target> {
  if (target.signIn === undefined) return target
  hideSplash()
  const hosts = hostsOf(target)
  const transport = targetTransport({ ...connectionTo(target), keyOf: () => undefined })
  const release = exitOnSignals()
  try {
    printNote(`${target.title}: a token of ${target.signIn.issuer} is needed, once for this command`)
    const token = await obtainToken(target.signIn, {
      transport,
      hosts,
      tell: printNote,
      random: freshBytes,
      clock: wallClock,
      wait: pause,
      deadline: () => deadline(ANSWER_MAX_MS),
    })
    printNote('signed in')
    return { ...target, means: { ...target.means, token } }
  } finally {
    release()
    transport.close()
  }
}
