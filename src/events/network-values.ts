import * as v from 'valibot'
import type { ProxyFacts } from '../domain/network.ts'
import { amount, hostPattern, text, whole } from './values.ts'

/** A port that a firewall may close. */
export const portNumber = whole(1, 65_535)

/** Of a hundred packets; where all are lost there is no network. */
export const lossPercent = amount(0.1, 99)

export const megabits = amount(0.01, 1_000_000)

const ADDRESS = 'must be the address of a proxy, such as http://proxy.contoso.example:8080'

const proxyAddress = v.pipe(
  text,
  v.regex(/^http:\/\/[\p{L}\p{N}.-]+(:\d{1,5})?\/?$/u, ADDRESS),
  v.check((value) => URL.canParse(value), ADDRESS),
)

/** A proxy that is the only way out. */
export const proxyFacts = v.pipe(
  v.union([
    proxyAddress,
    v.strictObject({
      address: proxyAddress,
      found: v.optional(
        v.pipe(
          v.picklist(['wpad', 'pac', 'static']),
          v.description(
            'How a device would learn of it. Setup knows of WPAD only: no page takes an address. Left out: wpad.',
          ),
        ),
      ),
      signIn: v.optional(
        v.pipe(v.boolean(), v.description('It asks for a name and a password, which setup does not have.')),
      ),
      free: v.optional(v.pipe(v.array(hostPattern), v.description('Hosts that need no sign-in.'))),
      direct: v.optional(v.pipe(v.array(hostPattern), v.description('Hosts that are reached past the proxy.'))),
    }),
  ]),
  v.description('The only way out. An address alone is one that WPAD tells.'),
  v.check(
    (given) => typeof given === 'string' || given.free === undefined || given.signIn === true,
    'free goes with signIn: true',
  ),
  v.metadata({ dependencies: { free: { required: ['signIn'], properties: { signIn: { const: true } } } } }),
  v.transform((given): ProxyFacts => {
    const { address, found = 'wpad', signIn, free, direct } = typeof given === 'string' ? { address: given } : given
    return {
      address,
      found,
      ...(signIn ? { signIn } : {}),
      ...(free ? { free } : {}),
      ...(direct ? { direct } : {}),
    }
  }),
)
