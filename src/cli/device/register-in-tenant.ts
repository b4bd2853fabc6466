import { accessSync, chmodSync, constants, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Answers } from '../../domain/person.ts'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { InfrastructureError, UserError } from '../../domain/trouble.ts'
import { find, loadTenantFile } from '../../scenario/library.ts'
import { loadScenarios } from '../../scenario/scenario.ts'
import { tenantSchema } from '../../scenario/schema/tenant.ts'
import { type RegisteredEntry, withRegisteredDevice } from '../../scenario/tenant-devices.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { readYaml } from '../../scenario/yaml-file.ts'
import { replaceFile, writing } from '../new-file.ts'

/** A tenant's file that is to have one more device: everything is checked, and nothing is written yet. */
export interface TenantEdit {
  /** As the user named it. */
  name: string
  file: string
  definition: TenantDefinition
  entry: RegisteredEntry
  /** Code `ERR_OUTPUT_NOT_WRITABLE`. */
  write(): void
}

/**
 * Prepares the registration of a device in a tenant's file.
 * Codes: those of the library, `ERR_ALREADY_REGISTERED`, `ERR_TENANT_SHIPPED`, `ERR_NOT_EDITABLE`, `ERR_OUTPUT_NOT_WRITABLE`.
 *
 * @param path of the device's file, which may not be there yet
 */
export function editTenant(name: string, entry: RegisteredEntry, path: string): TenantEdit {
  const definition = loadTenantFile(name)
  const found = find('tenant', name)
  refuseShipped(name, found)
  const there = definition.devices.find(({ device }) => device === entry.device || pathOf(device) === path)
  if (there) {
    const hint = `its group tag is ${there.groupTag === '' ? 'none' : `"${there.groupTag}"`}; without --register the file of the device alone is written`
    throw new UserError(
      'ERR_ALREADY_REGISTERED',
      `${found.file} has the device "${there.device}" already. Nothing is written`,
      [hint],
    )
  }
  const edited = withRegisteredDevice(found.file, found.text, entry)
  readYaml(found.file, edited, tenantSchema)
  refuseUnwritable(found.path)
  return {
    name,
    file: found.file,
    definition,
    entry,
    write() {
      const { mode } = statSync(found.path)
      const hasMark = readFileSync(found.path)
        .subarray(0, 3)
        .equals(Buffer.of(0xef, 0xbb, 0xbf))
      writing(found.path, () => {
        replaceFile(found.path, `${hasMark && !edited.startsWith('\ufeff') ? '\ufeff' : ''}${edited}`, mode & 0o777)
        chmodSync(found.path, mode & 0o777)
      })
    },
  }
}

/** What is shipped stays as it is; a copy in the working folder has the same name and is found first. */
function refuseShipped(name: string, { file, path }: { file: string; path: string }): void {
  if (/[/\\]|\.ya?ml$/.test(name) || path.startsWith(workingFolder())) return
  throw new UserError('ERR_TENANT_SHIPPED', `"${name}" is a school that is shipped: it stays as it is`, [
    `Copy it into the working folder, and name the copy: cp '${path}' ${file}`,
  ])
}

function pathOf(device: string): string | undefined {
  try {
    return find('device', device).path
  } catch {
    return undefined
  }
}

function refuseUnwritable(path: string): void {
  try {
    accessSync(path, constants.W_OK)
    accessSync(dirname(path), constants.W_OK)
  } catch (cause) {
    const message = `${path} cannot be written: ${(cause as Error).message}. Nothing is written`
    throw new InfrastructureError('ERR_OUTPUT_NOT_WRITABLE', message, { cause })
  }
}

/** Whose network and person `oobe boot` takes without another scenario. */
const LENDER = 'surface-wifi-happy-path'

/** What was done, what the device gets, and what a boot needs besides: a network and a person of the school. */
export function nextSteps({ name, file, definition, entry }: TenantEdit): string[] {
  const { device, groupTag } = entry
  const [lender] = loadScenarios(LENDER)
  const email = signInOf(lender!.person)
  const isKnown = definition.users.some((user) => user.email.toLowerCase() === email.toLowerCase())
  const [first] = definition.users
  const person = isKnown
    ? `the person ${email}`
    : `the person ${email}, which this school does not have${first ? `: at a terminal sign in as ${first.email}` : ''}`
  return [
    `${file}: ${device} is registered, group tag ${groupTag ?? 'none'}`,
    `oobe tenant resolve ${device} --tenant ${name}   what it gets there, and why`,
    `oobe boot ${device} --tenant ${name}   with the network of ${LENDER} and ${person}`,
    `In a scenario of your own: "device: ${device}", "tenant: ${name}", a network: and a person: with signIn:`,
  ]
}

function signInOf({ signIn }: Answers): string {
  const [first] = [signIn].flat()
  return typeof first === 'object' ? (first.email ?? '') : ''
}
