import { UserError } from '../domain/trouble.ts'
import { targetTransport } from '../ports/target-transport.ts'
import { wallClock } from '../ports/wall-clock.ts'
import { connectionTo, loadTarget } from '../scenario/target.ts'
import { examine } from './doctor/findings.ts'
import { EXIT } from './exit-codes.ts'
import { parseOptions } from './options.ts'
import { print } from './print.ts'

const HELP = `oobe doctor --service TARGET   whether a device can reach a service, and will like its answers

  --service TARGET       an origin of "oobe serve", a discovery URL, or a target profile
  --trust FILE           a certificate authority that the device trusts, in PEM
  --json                 the same for programs

exit: 0 in order, 1 a problem was found, 2 bad usage or a bad file`

export async function doctorCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseOptions(
    args,
    { service: { type: 'string' }, trust: { type: 'string' }, json: { type: 'boolean' } },
    'oobe doctor',
  )
  if (values.help) {
    print(HELP)
    return EXIT.pass
  }
  if (positionals.length > 0) throw new UserError('ERR_BAD_ARGUMENTS', `doctor takes no operand: ${positionals[0]}`)
  if (values.service === undefined) throw new UserError('ERR_BAD_ARGUMENTS', 'which service? --service names it')
  const target = loadTarget(values.service, values.trust === undefined ? [] : [values.trust])
  const transport = targetTransport({ ...connectionTo(target), keyOf: () => undefined })
  const findings = await examine(target, transport, wallClock).finally(() => transport.close())
  if (values.json) print(JSON.stringify(findings, null, 2))
  else {
    print(target.title)
    for (const { verdict, what, hint } of findings) {
      print(`  ${verdict.padEnd(7)}  ${what}`)
      if (hint !== '') print(`           ${hint}`)
    }
  }
  return findings.some(({ verdict }) => verdict === 'problem') ? EXIT.scenarioFailed : EXIT.pass
}
