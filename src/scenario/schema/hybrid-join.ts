import * as v from 'valibot'
import { amount, flag, syntheticDomain, text, whole } from './common.ts'

const names = v.optional(v.array(text), [])

/** Active Directory for hybrid joins. That Microsoft Entra Connect brings a computer in 30 minutes is its default cycle. */
export const hybridJoin = v.strictObject({
  domain: syntheticDomain,
  mayCreateComputers: flag(true),
  connectorSeconds: v.optional(amount(0, 864_000), 20),
  syncMinutes: v.optional(v.nullable(whole(0, 1440)), 30),
  domainJoinProfiles: v.optional(
    v.array(
      v.strictObject({
        id: text,
        name: text,
        computerNamePrefix: text,
        organizationalUnit: v.optional(v.string(), ''),
        assignedTo: names,
        excluded: names,
      }),
    ),
    [],
  ),
})
