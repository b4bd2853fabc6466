import * as v from 'valibot'
import { parseAddress } from '../../domain/ip-address.ts'
import { lossPercent, megabits, portNumber, proxyFacts } from '../../events/network-values.ts'
import { duration, hostPattern, someDuration } from '../../events/values.ts'
import { countryCode, text, whole } from './common.ts'

const hosts = v.pipe(v.array(hostPattern), v.minLength(1, 'must name at least one host'))

const captivePortal = v.pipe(
  v.union([
    v.boolean(),
    v.strictObject({
      answers: v.optional(
        v.pipe(
          v.picklist(['redirect', 'page']),
          v.description(
            'It sends the device to its page, or answers with the page in the place of what was asked for.',
          ),
        ),
        'redirect',
      ),
      lets: v.optional(v.pipe(hosts, v.description('Hosts that it lets through all the time.'))),
      opensAfter: v.optional(v.pipe(someDuration, v.description('From the acceptance until it opens.'))),
      session: v.optional(v.pipe(someDuration, v.description('How long it stays open.'))),
    }),
  ]),
  v.description('A page that a person has to accept before there is internet.'),
)

const publicAddress = v.exactOptional(
  v.pipe(
    text,
    v.check((value) => parseAddress(value) !== undefined, 'must be an IP address, such as 203.0.113.7'),
    v.description('The address that services see. Named locations of Conditional Access look at it.'),
  ),
)

const country = v.exactOptional(
  v.pipe(countryCode, v.description('The country that services find for the address. Left out: they know none.')),
)

const metered = v.optional(v.pipe(v.boolean(), v.description('Quality updates are not installed on it.')))

const wifiNetwork = v.pipe(
  v.strictObject({
    ssid: text,
    security: v.optional(
      v.picklist(['open', 'wpa2-psk', 'wpa3-sae', 'wpa2-enterprise', 'wpa3-enterprise']),
      'wpa2-psk',
    ),
    key: v.optional(text),
    user: v.optional(
      v.pipe(
        v.strictObject({ name: text, password: text }),
        v.description(
          'Whom an enterprise network lets in by name and password (PEAP). Left out: it asks for a certificate.',
        ),
      ),
    ),
    bars: v.optional(whole(0, 4), 3),
    captivePortal: v.optional(captivePortal, false),
    hidden: v.optional(v.pipe(v.boolean(), v.description('It does not send its name.'))),
    metered,
    publicAddress,
    country,
  }),
  v.check(
    ({ user, security }) => user === undefined || security.endsWith('-enterprise'),
    'user goes with an enterprise network',
  ),
  v.check(
    ({ key, security }) => key === undefined || !security.endsWith('-enterprise'),
    'an enterprise network has no key',
  ),
  v.metadata({
    if: { required: ['security'], properties: { security: { pattern: '-enterprise$' } } },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { properties: { key: false } }, // oxlint-disable-line unicorn/no-thenable
    else: { properties: { user: false } },
  }),
)

const wired = v.strictObject({
  link: v.optional(v.boolean(), true),
  captivePortal: v.optional(captivePortal, false),
  authentication: v.optional(
    v.pipe(
      v.picklist(['802.1X'], 'must be 802.1X'),
      v.description('The switch lets nothing through before the device has authenticated, which setup cannot do.'),
    ),
  ),
  metered,
  publicAddress,
  country,
})

/** `network:` of a scenario, and `scenarios/networks/*.yaml`. */
export const networkSchema = v.strictObject({
  ethernet: v.optional(v.union([v.boolean(), wired]), false),
  wifi: v.optional(v.array(wifiNetwork), []),
  latency: v.optional(duration, '25ms'),
  downloadMbps: v.optional(megabits, 80),
  loss: v.optional(v.pipe(lossPercent, v.description('Of a hundred packets so many are lost.'))),
  blockedHosts: v.optional(v.array(hostPattern), []),
  dns: v.optional(
    v.pipe(
      v.union([v.literal('down'), hosts], 'must be down, or a list of hosts'),
      v.description('Names that the DNS of the school does not resolve: down for all.'),
    ),
  ),
  closedPorts: v.optional(
    v.pipe(
      v.array(portNumber),
      v.minLength(1, 'must name at least one port'),
      v.description('TCP ports that nothing gets out to, such as 80 or 443.'),
    ),
  ),
  proxy: v.optional(proxyFacts),
  inspect: v.optional(
    v.pipe(
      v.union([
        v.literal(true),
        hosts,
        v.strictObject({
          hosts: v.optional(hosts),
          trusted: v.optional(
            v.pipe(v.boolean(), v.description('The maker has put the root of the school on the device.')),
          ),
        }),
      ]),
      v.description('TLS inspection by the root of the school: true for all hosts.'),
    ),
  ),
  ipv6Only: v.optional(v.pipe(v.boolean(), v.description('No IPv4, and nothing that translates (NAT64).'))),
  publicAddress,
  country,
})

export type NetworkFile = v.InferOutput<typeof networkSchema>
