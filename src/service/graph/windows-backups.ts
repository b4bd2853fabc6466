import { safeText } from '../../domain/safe-text.ts'
import type { Secret } from '../../domain/secret.ts'
import { type Result, success } from '../../domain/trouble.ts'
import type { Backup } from '../../domain/windows-backup.ts'
import { decodeAnswer, object, optionalList, text } from '../../protocols/json-answer.ts'
import { ask, get, type Service, unexpectedStatus } from '../service.ts'

const MALFORMED = 'ERR_GRAPH_WINDOWS_SETTINGS_MALFORMED'

const SETTINGS = object({ value: optionalList(object({ id: text, settingType: text })) })
const INSTANCES = object({ value: optionalList(object({ lastModifiedDateTime: text, payload: text })) })
const PAYLOAD = object({ deviceName: text })

/** A page has room for so many. */
const BACKUPS_MAX = 20

/** Permission of Graph that the person's backups are read with. */
export const BACKUP_SCOPE = 'UserWindowsSettings.Read'

/**
 * The person's backups by `windowsSetting` of Microsoft Graph, the newest first. Which request Windows itself sends is not published [U].
 *
 * @param token of the person, with {@link BACKUP_SCOPE}
 */
export async function listBackups(service: Service, token: Secret, signal?: AbortSignal): Promise<Result<Backup[]>> {
  const settings = `${service.endpoints.graph}/v1.0/me/settings/windows`
  const read = <Value>(url: string, operation: string, decode: (body: Uint8Array) => Value): Promise<Result<Value>> => {
    const headers = { authorization: `Bearer ${token.reveal()}`, accept: 'application/json' }
    const options = { operation, ...(signal ? { signal } : {}) }
    return ask(service, get(url, headers), options, (response) =>
      response.status === 200 ? success(decode(response.body)) : unexpectedStatus(operation, response, url),
    )
  }
  const filter = `?$filter=${encodeURIComponent("settingType eq 'backup'")}`
  const found = await read(`${settings}${filter}`, 'Graph windowsSetting', (body) =>
    (decodeAnswer(body, SETTINGS, MALFORMED).value ?? []).filter(({ settingType }) => settingType === 'backup'),
  )
  if (!found.ok) return found
  const backups: Backup[] = []
  for (const { id } of found.value.slice(0, BACKUPS_MAX)) {
    const url = `${settings}/${encodeURIComponent(id)}/instances`
    const newest = await read(url, 'Graph windowsSettingInstance', (body) => newestOf(body, id))
    if (!newest.ok) return newest
    if (newest.value) backups.push(newest.value)
  }
  return success(backups.sort((one, other) => (one.lastModified < other.lastModified ? 1 : -1)))
}

function newestOf(body: Uint8Array, id: string): Backup | undefined {
  const instances = decodeAnswer(body, INSTANCES, MALFORMED).value ?? []
  const [newest] = [...instances].sort((one, other) => (one.lastModifiedDateTime < other.lastModifiedDateTime ? 1 : -1))
  if (!newest) return undefined
  const { deviceName } = decodeAnswer(newest.payload, PAYLOAD, MALFORMED)
  return { id, device: safeText(deviceName, 64), lastModified: safeText(newest.lastModifiedDateTime, 40) }
}
