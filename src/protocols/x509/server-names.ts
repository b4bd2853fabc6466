import { contextTag, ia5String, octetString, sequence } from '../der/writer.ts'
import type { Extension } from './extensions.ts'

const DNS_NAME = 2
const IP_ADDRESS = 7

/** Content of an IA5String or OCTET STRING under an implicit tag. */
const implicit = (tag: number, value: Uint8Array): Uint8Array => contextTag(tag, value.subarray(2), false)

const ipv4 = (address: string): Uint8Array => Uint8Array.from(address.split('.').map(Number))

/** Names and IPv4 addresses that a server certificate is for (RFC 5280, 4.2.1.6). */
export const serverNames = (names: readonly string[], addresses: readonly string[]): Extension => ({
  oid: '2.5.29.17',
  value: sequence(
    ...names.map((name) => implicit(DNS_NAME, ia5String(name))),
    ...addresses.map((address) => implicit(IP_ADDRESS, octetString(ipv4(address)))),
  ),
})

/** The only names and IPv4 networks that an authority may vouch for (RFC 5280, 4.2.1.10); critical. */
export const onlyFor = (
  names: readonly string[],
  networks: readonly { address: string; mask: string }[],
): Extension => ({
  oid: '2.5.29.30',
  critical: true,
  value: sequence(
    contextTag(
      0,
      new Uint8Array(
        Buffer.concat([
          ...names.map((name) => sequence(implicit(DNS_NAME, ia5String(name)))),
          ...networks.map(({ address, mask }) =>
            sequence(implicit(IP_ADDRESS, octetString(Uint8Array.from([...ipv4(address), ...ipv4(mask)])))),
          ),
        ]),
      ),
    ),
  ),
})
