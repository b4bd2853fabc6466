import type { ActionEffect } from '../oma-dm/device-action.ts'
import { requestAction } from '../oma-dm/device-actions.ts'
import { inventoryOrders } from '../oma-dm/inventory.ts'
import type { ManagedDevice } from '../oma-dm/managed-device.ts'
import type { NodeOrder } from '../oma-dm/orders.ts'
import { PROVIDER_ID } from '../oma-dm/provider.ts'
import { badRequest, type GraphCall, type GraphRoute, noContent } from './call.ts'
import { csNameOf } from './device-name-rule.ts'
import { MANAGED_DEVICES, managedDeviceOf } from './managed-devices.ts'
import { flagOf, parametersOf } from './strict-body.ts'

const permission = 'DeviceManagementManagedDevices'
const VENDOR = './Device/Vendor/MSFT'

type Parameters = Record<string, unknown>

interface Action {
  name: string
  isBeta?: boolean
  parameters?: readonly string[]
  /** Of beta alone. */
  betaParameters?: readonly string[]
  /** The commands for the device. @throws GraphError 400 */
  orders(parameters: Parameters, managed: ManagedDevice, call: GraphCall): NodeOrder[]
  effect?(parameters: Parameters): ActionEffect
}

const exec = (path: string): NodeOrder => ({ kind: 'Exec', uri: `${VENDOR}/${path}` })

/** RemoteWipe CSP: which of its nodes a wipe is. */
function wipeNode(parameters: Parameters): string {
  if (flagOf(parameters, 'useProtectedWipe')) return 'doWipeProtected'
  if (flagOf(parameters, 'keepUserData')) return 'doWipePersistUserData'
  return flagOf(parameters, 'keepEnrollmentData') ? 'doWipePersistProvisionedData' : 'doWipe'
}

/** @throws GraphError 400 for what is for other systems than Windows, and for contradictions */
function wipeOrders(parameters: Parameters): NodeOrder[] {
  const { macOsUnlockCode = '', obliterationBehavior = 'default' } = parameters
  flagOf(parameters, 'persistEsimDataPlan')
  if (macOsUnlockCode !== null && macOsUnlockCode !== '') throw badRequest('macOsUnlockCode is for devices with macOS')
  if (obliterationBehavior !== 'default') throw badRequest('obliterationBehavior is for devices with macOS')
  if (flagOf(parameters, 'useProtectedWipe') && flagOf(parameters, 'keepUserData')) {
    throw badRequest('a protected wipe keeps no data of users: keepUserData has to be false')
  }
  return [exec(`RemoteWipe/${wipeNode(parameters)}`)]
}

/** What Intune has for Windows. An order that the device does not know is answered with 404, and the action has failed. */
const ACTIONS: readonly Action[] = [
  {
    name: 'wipe',
    parameters: ['keepEnrollmentData', 'keepUserData', 'macOsUnlockCode', 'persistEsimDataPlan'],
    betaParameters: ['useProtectedWipe', 'obliterationBehavior'],
    orders: wipeOrders,
    effect: (parameters) =>
      flagOf(parameters, 'keepEnrollmentData') || flagOf(parameters, 'keepUserData') ? 'reset' : 'removed',
  },
  // Its name is that of the action in remoteAction; a request for it is not published, and this one is an assumption.
  {
    name: 'automaticRedeployment',
    isBeta: true,
    orders: () => [{ ...exec('RemoteWipe/AutomaticRedeployment/doAutomaticRedeployment'), format: 'chr', data: '' }],
    effect: () => 'redeployed',
  },
  {
    name: 'retire',
    orders: () => [exec(`DMClient/Provider/${encodeURIComponent(PROVIDER_ID)}/Unenroll`)],
    effect: () => 'leaves',
  },
  { name: 'syncDevice', orders: (_, { enrolment }) => inventoryOrders(enrolment) },
  { name: 'rebootNow', orders: () => [exec('Reboot/RebootNow')] },
  {
    name: 'cleanWindowsDevice',
    parameters: ['keepUserData'],
    orders: (parameters) => {
      const node = flagOf(parameters, 'keepUserData') ? 'CleanPCRetainingUserData' : 'CleanPCWithoutRetainingUserData'
      return [exec(`CleanPC/${node}`)]
    },
    effect: (parameters) => (flagOf(parameters, 'keepUserData') ? 'reset' : 'removed'),
  },
  {
    name: 'rotateBitLockerKeys',
    isBeta: true,
    orders: (_, __, { tenant }) => [
      { ...exec('BitLocker/RotateRecoveryPasswords'), format: 'chr', data: tenant.ids.guid() },
    ],
  },
  {
    name: 'setDeviceName',
    isBeta: true,
    parameters: ['deviceName'],
    orders: ({ deviceName }) => [
      { kind: 'Replace', uri: `${VENDOR}/Accounts/Domain/ComputerName`, format: 'chr', data: csNameOf(deviceName) },
    ],
  },
  { name: 'locateDevice', orders: () => [{ kind: 'Get', uri: `${VENDOR}/RemoteFind/Location` }] },
  {
    name: 'windowsDefenderScan',
    parameters: ['quickScan'],
    orders: (parameters) => [
      { ...exec('Defender/Scan'), format: 'chr', data: flagOf(parameters, 'quickScan') ? '1' : '2' },
    ],
  },
  { name: 'windowsDefenderUpdateSignatures', orders: () => [exec('Defender/UpdateSignature')] },
]

/** What Intune has for other systems, or for other kinds of device, alone. */
const REFUSED: readonly string[] = [
  ...['remoteLock', 'resetPasscode', 'bypassActivationLock', 'disableLostMode', 'recoverPasscode', 'shutDown'],
  ...['requestRemoteAssistance', 'logoutSharedAppleDeviceActiveUser', 'deleteUserFromSharedAppleDevice'],
  'updateWindowsDeviceAccount',
]
const REFUSED_IN_BETA = ['enableLostMode', 'playLostModeSound', 'disable', 'reenable', 'deprovision']

const pathOf = (name: string): string => `${MANAGED_DEVICES}/{id}/${name}`

const route = ({ name, isBeta, parameters = [], betaParameters = [], orders, effect }: Action): GraphRoute => ({
  method: 'POST',
  path: pathOf(name),
  ...(isBeta ? { isBeta } : {}),
  permission,
  handle(call) {
    const { tenant, version, params } = call
    const [, managed] = managedDeviceOf(tenant, params[0]!)
    const given = parametersOf(call, name, [...parameters, ...(version === 'beta' ? betaParameters : [])])
    const id = tenant.ids.guid()
    const action = { id, name, effect: effect?.(given) ?? 'none', orders: orders(given, managed, call) }
    requestAction(managed, action, tenant.now())
    tenant.changes.note()
    return noContent
  },
})

const refusal = (name: string): GraphRoute => ({
  method: 'POST',
  path: pathOf(name),
  permission,
  handle({ tenant, params: [id] }) {
    managedDeviceOf(tenant, id!)
    throw badRequest(`The action '${name}' is not supported for this device: its operating system is Windows.`)
  },
})

/** Remote actions. Each waits for the device's next session: nothing here reaches a device that does not ask. */
export const managedDeviceActionRoutes: GraphRoute[] = [
  ...ACTIONS.map(route),
  ...REFUSED.map(refusal),
  ...REFUSED_IN_BETA.map((name) => ({ ...refusal(name), isBeta: true })),
]
