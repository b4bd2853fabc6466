import type { BackupDefinition } from '../../domain/windows-backup.ts'
import { stableGuid } from '../stable-guid.ts'
import { collection, type GraphCall, type GraphRoute, notFound } from './call.ts'
import { personOf } from './me.ts'

const PATH = '/me/settings/windows'
const SET = PATH.slice(1)
const common = { method: 'GET', permission: 'UserWindowsSettings', alsoEnough: ['UserWindowsSettings.Read'] } as const

/** What Windows stores of a person, and where a backup is from (`windowsSetting` and `windowsSettingInstance` of Graph's reference [L]). */
const idOf = (email: string, { device }: BackupDefinition): string =>
  stableGuid(`backup:${email.toLowerCase()}:${device.toLowerCase()}`)

const backupsOf = (call: GraphCall) => {
  const { email, backups = [] } = personOf(call)
  return backups.map((backup) => ({ id: idOf(email, backup), backup }))
}

/** Backups of the person who signed in. What a payload says is not published: here the name of the device [A]. */
export const windowsSettingsRoutes: GraphRoute[] = [
  {
    ...common,
    path: PATH,
    handle: (call) =>
      collection(
        call,
        backupsOf(call).map(({ id, backup }) => ({
          id,
          settingType: 'backup',
          payloadType: 'microsoft.windows.deviceprofile',
          windowsDeviceId: stableGuid(`device:${backup.device.toLowerCase()}`),
        })),
        SET,
      ),
  },
  {
    ...common,
    path: `${PATH}/{id}/instances`,
    handle(call) {
      const [id] = call.params
      const found = backupsOf(call).find((one) => one.id === id)
      if (!found) throw notFound('windowsSetting', id!)
      const { device, lastBackup } = found.backup
      const at = new Date(lastBackup).toISOString()
      const instance = {
        id: stableGuid(`instance:${id}`),
        createdDateTime: at,
        lastModifiedDateTime: at,
        payload: JSON.stringify({ deviceName: device }),
      }
      return collection(call, [instance], `${SET}('${id}')/instances`)
    },
  },
]
