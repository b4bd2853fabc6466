import { plainHost } from './host-name.ts'
import { productionNamesOf } from './service-hosts.ts'

/**
 * Whether a firewall's rule means a host. A rule is a name as Microsoft's lists write it: `login.microsoftonline.com`,
 * `*.manage.microsoft.com` for all names below a domain. A `*` is any run of characters. The name of a service in production means the
 * mock's host of that service too.
 */
export const meansHost = (rule: string, host: string): boolean => {
  const parts = partsOf(rule)
  return [plainHost(host), ...productionNamesOf(host)].some((name) => fits(parts, name))
}

/** What is between the stars, in lower case; a rule without a star is a name in any spelling. */
const partsOf = (rule: string): string[] =>
  rule.includes('*') ? rule.trim().toLowerCase().replace(/\.+$/, '').split('*') : [plainHost(rule)]

/** Each part is looked for once, from left to right: no rule takes long. */
function fits(parts: readonly string[], name: string): boolean {
  const first = parts[0]!
  const last = parts.at(-1)!
  if (parts.length === 1) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}
