import { type Finding, problem } from '../doctor/finding.ts'
import { examine } from '../doctor/findings.ts'
import { trialDevice } from '../doctor/trial-device.ts'
import { UserError } from '../domain/trouble.ts'
import { CODE } from '../domain/windows-codes.ts'
import { ConnectionTrouble, type Transport } from '../ports/http.ts'
import { deadline } from '../ports/stopwatch.ts'
import { targetTransport } from '../ports/target-transport.ts'
import { inspectTls } from '../ports/tls-inspection.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { unreachable } from '../scenario/check-target.ts'
import { loadDeviceFile, loadTenantFile } from '../scenario/library.ts'
import { connectionTo } from '../scenario/target.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'
import { openTarget, signedIn } from './real-target.ts'
import { DEFAULT_TENANT } from './tenant/live-tenant.ts'

const HELP = `oobe doctor --service TARGET   whether a device can reach a service, and will like its answers

  --service TARGET       an origin of "oobe serve", a discovery URL, or a target profile
  --device DEVICE        the device that asks (default: surface-laptop-se)
  --tenant T             the school that it joins (default: contoso-school)
  --trust FILE           a certificate authority that the device trusts, in PEM
  --enroll               enrols a device that is made for it, and holds its first management session
  --json                 the same for programs

Without --enroll it asks for all that a device would up to the policies, and for no certificate: nothing is enrolled. With it
the server has one more device afterwards, whose serial number is shown. Where the profile has a person sign in, it asks for
that. It warns of what production Windows would trip over, with what helps and how certain that is: [S] stated by
Microsoft's specifications, [L] by Microsoft Learn, [O] read in servers in use, [T] tried, [U] unproven.

exit: 0 in order (warnings or not), 1 a problem was found, 2 bad usage or a bad file, 3 a name does not resolve`

const DEFAULT_DEVICE = 'surface-laptop-se'
const HANDSHAKE_MAX_MS = 10_000

export async function doctorCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    {
      service: { type: 'string' },
      device: { type: 'string' },
      tenant: { type: 'string' },
      trust: { type: 'string' },
      enroll: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    'oobe doctor',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', `doctor takes no operand: ${positionals[0]}`)
  if (values.service === undefined) throw new UserError('ERR_BAD_ARGUMENTS', 'which service? --service names it')
  const target = openTarget(values.service, values.trust)
  const device = loadDeviceFile(values.device ?? DEFAULT_DEVICE)
  const tenant = loadTenantFile(values.tenant ?? DEFAULT_TENANT)
  const { hosts, trust } = connectionTo(target)
  const trial = values.enroll ? trialDevice(device, wallClock) : undefined
  const transport = targetTransport({ ...connectionTo(target), keyOf: (certificate) => trial?.keyOf(certificate) })
  const asked = watched(transport)
  const found = await examine({
    target,
    device,
    tenant,
    transport: asked.transport,
    clock: wallClock,
    handshake: (url) => inspectTls(url, { hosts, trust, signal: deadline(HANDSHAKE_MAX_MS) }),
    signIn: signedIn,
    trial: trial?.device,
  }).finally(() => transport.close())
  const findings = [...found, ...(asked.isAnswered || found.some(isProblem) ? [] : [NOTHING_ASKED])]
  if (values.json) print(JSON.stringify(findings, null, 2))
  else {
    print(`${target.title}, as ${device.title} sees it`)
    for (const { verdict, what, hint } of findings) {
      print(`  ${verdict.padEnd(7)}  ${what}`)
      if (hint !== '') print(`           ${hint}`)
    }
  }
  if (asked.unresolved) throw unreachable(target, asked.unresolved)
  return findings.some(isProblem) ? EXIT.scenarioFailed : EXIT.pass
}

const isProblem = ({ verdict }: Finding): boolean => verdict === 'problem'

/** Silence is no proof that a service is in order. */
const NOTHING_ASKED = problem(
  'nothing was asked: the target names no address that can be connected to',
  'Give "origin", or "services" with a discovery URL',
)

/** A transport, and what came of the requests that it carried. */
function watched(transport: Transport) {
  const seen = {
    isAnswered: false,
    /** A name that does not resolve: the mistake is in a file or a command line, and not in the service. */
    unresolved: undefined as ConnectionTrouble | undefined,
    transport: (async (...exchange) => {
      try {
        const response = await transport(...exchange)
        seen.isAnswered = true
        return response
      } catch (error) {
        if (error instanceof ConnectionTrouble && error.code === CODE.nameNotResolved) seen.unresolved ??= error
        throw error
      }
    }) satisfies Transport as Transport,
  }
  return seen
}
