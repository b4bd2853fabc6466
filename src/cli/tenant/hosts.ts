import { ALLOWED_BESIDE, ALLOWED_HOSTS } from '../../domain/allowed-hosts.ts'
import { columns } from '../columns.ts'
import { print } from '../print.ts'

/** The hosts first in each line, so that they can be cut out and copied. */
export function printHosts(isJson: boolean): void {
  if (isJson) {
    print(JSON.stringify({ hosts: ALLOWED_HOSTS, beside: ALLOWED_BESIDE }, null, 2))
    return
  }
  const rows = ALLOWED_HOSTS.map(({ host, ports, step }) => [host, ports, step])
  for (const line of columns([['HOST', 'PORTS', 'FOR'], ...rows])) print(line)
  print('\nBeside these:')
  for (const what of ALLOWED_BESIDE) print(`  ${what}`)
}
