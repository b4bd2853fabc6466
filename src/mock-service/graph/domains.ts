import type { Tenant } from '../tenant.ts'
import { collection, entity, GraphError, type GraphRoute } from './call.ts'

const PATH = '/domains'
const permission = 'Domain'

interface Domain {
  id: string
  authenticationType: 'Managed' | 'Federated'
  isDefault: boolean
  isInitial: boolean
  supportedServices: string[]
}

/** Every tenant of Microsoft's has a name below `onmicrosoft.com`; that of a simulated one is below a name that is reserved for tests. */
const INITIAL = 'onmicrosoft.test'

/** The school's domain, and the one that the tenant had before it. */
export function domainsOf({ definition }: Tenant): Domain[] {
  const { domain, signIn } = definition
  const supportedServices = ['Email', 'OfficeCommunicationsOnline', 'Intune']
  return [
    {
      id: domain,
      authenticationType: signIn === 'federated' ? 'Federated' : 'Managed',
      isDefault: true,
      isInitial: false,
      supportedServices,
    },
    {
      id: `${domain.split('.')[0]}.${INITIAL}`,
      authenticationType: 'Managed',
      isDefault: false,
      isInitial: true,
      supportedServices,
    },
  ]
}

const toJson = (domain: Domain): Record<string, unknown> => ({
  ...domain,
  availabilityStatus: null,
  isAdminManaged: true,
  isRoot: true,
  isVerified: true,
  passwordNotificationWindowInDays: 14,
  passwordValidityPeriodInDays: 90,
  state: null,
})

/** `domain`. */
export const domainRoutes: GraphRoute[] = [
  {
    method: 'GET',
    path: PATH,
    permission,
    handle: (call) => collection(call, domainsOf(call.tenant).map(toJson), 'domains'),
  },
  {
    method: 'GET',
    path: `${PATH}/{id}`,
    permission,
    handle(call) {
      const [id = ''] = call.params
      const domain = domainsOf(call.tenant).find((one) => one.id.toLowerCase() === id.toLowerCase())
      if (!domain) throw new GraphError(404, 'Request_ResourceNotFound', `Resource '${id}' does not exist.`)
      return entity(call, toJson(domain), 'domains')
    },
  },
]
