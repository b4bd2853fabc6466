import * as v from 'valibot'
import { PLACES_OF_ITS_OWN, whatIsWrongWithRange } from '../../domain/named-locations.ts'
import { countryCode, email, text } from './common.ts'

const named = { id: text, name: text }

/** Places that policies of Conditional Access name. */
export const namedLocations = v.array(
  v.union(
    [
      v.strictObject({
        ...named,
        ipRanges: v.pipe(
          v.array(
            v.pipe(
              text,
              v.check(
                (range) => whatIsWrongWithRange(range) === undefined,
                ({ input }) => whatIsWrongWithRange(input)!,
              ),
            ),
          ),
          v.minLength(1, 'must name at least one range'),
          v.description('Public addresses, as CIDR. IPv6 is taken too.'),
        ),
        trusted: v.optional(
          v.pipe(v.boolean(), v.description('It is one of those that policies call allTrusted. Left out: it is not.')),
          false,
        ),
      }),
      v.strictObject({
        ...named,
        countries: v.pipe(
          v.array(countryCode),
          v.minLength(1, 'must name at least one country'),
          v.description('Countries, by the address. The position of a phone is not simulated.'),
        ),
        unknownCountries: v.optional(
          v.pipe(
            v.boolean(),
            v.description('Addresses whose country is not known belong to it. Left out: they do not.'),
          ),
          false,
        ),
      }),
    ],
    'must have ipRanges, or countries',
  ),
)

const locations = v.strictObject({
  include: v.optional(
    v.pipe(
      v.union([v.picklist(PLACES_OF_ITS_OWN), v.array(text)], 'must be all, allTrusted, or a list of named locations'),
      v.description('all is any place, also one that is not known. Left out: all.'),
    ),
    'all',
  ),
  exclude: v.optional(
    v.pipe(
      v.union([v.literal('allTrusted'), v.array(text)], 'must be allTrusted, or a list of named locations'),
      v.description('Where the policy does not count. Left out: it counts wherever it is included.'),
    ),
    [],
  ),
})

export const conditionalAccess = v.array(
  v.strictObject({
    id: text,
    name: text,
    users: v.optional(v.union([v.literal('all'), v.array(email)]), 'all'),
    excluded: v.optional(v.array(email), []),
    resources: v.optional(v.array(v.picklist(['join', 'enrollment', 'backup'])), ['join', 'enrollment']),
    locations: v.exactOptional(
      v.pipe(locations, v.description('Places where it counts. Left out: it counts everywhere.')),
    ),
    grant: v.pipe(
      v.picklist(['block', 'compliantDevice', 'multifactor']),
      v.description('block: AADSTS53003. compliantDevice: AADSTS53000. multifactor: a second proof.'),
    ),
  }),
)
