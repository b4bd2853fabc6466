import { hasConsent } from '../directory/paths.ts'
import { type Check, judged } from './prerequisite.ts'

const WORDS = { oem: 'OEM', reseller: 'reseller' } as const

/** A partner may register devices once a Global Administrator has accepted its request. */
export const consent: Check = ({ tenant }) => {
  const { partners } = tenant.definition
  const remedy = (id: string) =>
    `a Global Administrator accepts the request: "oobe tenant consent FILE ${id} --by ADMIN"; or take the partner out`
  const registeredBy = (kind: 'oem' | 'reseller') =>
    [...tenant.directory.now.devices.values()].filter(({ path }) => path === kind)
  return judged(
    'consent',
    [
      ...partners
        .filter((partner) => !hasConsent(tenant, partner))
        .map(({ id, name, consentedBy }) => ({
          text:
            consentedBy === ''
              ? `"${name}" asks to register devices, and no Global Administrator has consented`
              : `"${name}" has the consent of ${consentedBy}, who is not a Global Administrator: it is not valid`,
          remedy: remedy(id),
        })),
      ...(['oem', 'reseller'] as const)
        .filter((kind) => !partners.some((partner) => partner.kind === kind) && registeredBy(kind).length > 0)
        .map((kind) => ({
          text: `${registeredBy(kind)
            .map(({ serialNumber }) => serialNumber)
            .join(', ')} came from the ${WORDS[kind]}, and the school has none`,
          remedy: `name the ${WORDS[kind]} under "partners" in the file`,
        })),
    ],
    partners.length === 0
      ? 'no partner registers devices here'
      : `given for ${partners.map(({ name }) => `"${name}"`).join(', ')}`,
  )
}

export const surfaceRequests: Check = ({ tenant }) =>
  judged(
    'surfaceRequests',
    (tenant.definition.surfaceRequests ?? []).map(({ device }) => ({
      text: `Microsoft has not answered the request for "${device}": it is not registered`,
      remedy: '"oobe tenant request-surface FILE --answer" plays the answer',
    })),
    'no request to Microsoft is open',
  )
