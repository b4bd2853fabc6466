import type { Claims } from '../../protocols/jwt/jwt.ts'
import type { GraphRoute } from './contract.ts'
import type { Family } from './families.ts'
import { GraphError } from './graph-error.ts'

interface Sufficient {
  read: readonly string[]
  write: readonly string[]
}

const DIRECTORY_READ = ['Directory.Read.All', 'Directory.ReadWrite.All']
const DIRECTORY_WRITE = ['Directory.ReadWrite.All', 'Directory.AccessAsUser.All']

/** What Graph's reference lists as sufficient besides `X.Read.All` and `X.ReadWrite.All` [D]. */
const MORE: Record<string, Partial<Sufficient>> = {
  Group: { read: ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...DIRECTORY_READ], write: DIRECTORY_WRITE },
  GroupMember: {
    read: ['Group.Read.All', 'Group.ReadWrite.All', ...DIRECTORY_READ],
    write: ['Group.ReadWrite.All', ...DIRECTORY_WRITE],
  },
  User: { read: ['User.ReadBasic.All', ...DIRECTORY_READ], write: DIRECTORY_WRITE },
  Device: { read: DIRECTORY_READ, write: DIRECTORY_WRITE },
  Organization: {
    read: ['User.Read', 'OrganizationalBranding.Read.All', 'OrganizationalBranding.ReadWrite.All', ...DIRECTORY_READ],
    write: ['OrganizationalBranding.ReadWrite.All'],
  },
  'DeviceManagementManagedDevices.PrivilegedOperations': {
    write: ['DeviceManagementManagedDevices.PrivilegedOperations.All'],
  },
}

const listed = (permission: GraphRoute['permission']): readonly string[] =>
  typeof permission === 'string' ? [permission] : permission

/** Every permission that lets this request pass, the least first. */
export const sufficientFor = ({
  method,
  permission,
  isReading,
  alsoEnough = [],
}: Pick<GraphRoute, 'method' | 'permission' | 'isReading' | 'alsoEnough'>): string[] => {
  const names = listed(permission).flatMap((name) => {
    const more = MORE[name]
    return method === 'GET' || isReading
      ? [`${name}.Read.All`, `${name}.ReadWrite.All`, ...(more?.read ?? [])]
      : [`${name}.ReadWrite.All`, ...(more?.write ?? [])]
  })
  return [...new Set([...alsoEnough, ...names])]
}

/** Those of an application are `roles`, those of a person who signed in are in `scp`. */
function grantedIn({ roles, scp }: Claims): ReadonlySet<string> {
  const own = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : []
  return new Set([...own, ...(typeof scp === 'string' ? scp.split(' ') : [])].map((name) => name.toLowerCase()))
}

/** @throws GraphError 403 */
export function authorize(claims: Claims, route: GraphRoute, family: Family): void {
  const granted = grantedIn(claims)
  const sufficient = sufficientFor(route)
  if (sufficient.some((name) => granted.has(name.toLowerCase()))) return
  if (family !== 'intune') {
    throw new GraphError(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
  }
  throw new GraphError(
    403,
    'Forbidden',
    `Application is not authorized to perform this operation. Application must have one of the following scopes: ${sufficient.join(', ')}`,
  )
}
