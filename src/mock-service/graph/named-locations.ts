import { parseAddress } from '../../domain/ip-address.ts'
import { stableGuid } from '../stable-guid.ts'
import type { Tenant } from '../tenant.ts'
import type { GraphRoute } from './call.ts'
import { reading } from './reading.ts'

/** `ipRange`: IPv4 and IPv6 have each a type of their own. */
const rangeOf = (cidrAddress: string): Record<string, string> => ({
  '@odata.type': `#microsoft.graph.iPv${parseAddress(cidrAddress.split('/')[0]!)?.length === 4 ? 4 : 6}CidrRange`,
  cidrAddress,
})

/** `ipNamedLocation` and `countryNamedLocation`, as Graph's reference lists their members [D]. Their times are not facts of the tenant. */
const locationsOf = ({ definition: { namedLocations = [], tenantId } }: Tenant): Record<string, unknown>[] =>
  namedLocations.map((location) => {
    const { id, name: displayName } = location
    const common = {
      id: stableGuid(tenantId, 'namedLocation', id),
      displayName,
      createdDateTime: null,
      modifiedDateTime: null,
    }
    return 'countries' in location
      ? {
          '@odata.type': '#microsoft.graph.countryNamedLocation',
          ...common,
          countriesAndRegions: location.countries,
          includeUnknownCountriesAndRegions: location.unknownCountries,
          countryLookupMethod: 'clientIpAddress',
        }
      : {
          '@odata.type': '#microsoft.graph.ipNamedLocation',
          ...common,
          isTrusted: location.trusted,
          ipRanges: location.ipRanges.map(rangeOf),
        }
  })

/** Places that policies of Conditional Access name. They are written in the tenant's file, and read here. */
export const namedLocationRoutes: GraphRoute[] = reading(
  { path: '/identity/conditionalAccess/namedLocations', type: 'namedLocation', permission: 'Policy' },
  locationsOf,
)
