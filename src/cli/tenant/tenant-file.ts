import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { TenantDefinition } from '../../domain/tenant.ts'
import { UserError } from '../../domain/trouble.ts'
import { find, loadTenantFile } from '../../scenario/library.ts'
import { tenantSchema } from '../../scenario/schema/tenant.ts'
import { workingFolder } from '../../scenario/working-folder.ts'
import { readYaml } from '../../scenario/yaml-file.ts'
import { replaceFile, writing } from '../new-file.ts'

/** A school's file that a command changes. */
export interface TenantFile {
  /** As the user named it. */
  name: string
  /** As messages show it. */
  file: string
  path: string
  text: string
  definition: TenantDefinition
}

/** Codes as the library's, and `ERR_SHIPPED_FILE` for a school that is part of the program. */
export function openTenantFile(name: string): TenantFile {
  const definition = loadTenantFile(name)
  const { file, path, text } = find('tenant', name)
  const isName = !/[/\\]|\.ya?ml$/.test(name)
  if (isName && !existsSync(join(workingFolder(), file))) {
    throw new UserError('ERR_SHIPPED_FILE', `"${name}" is a school that is shipped: it is not changed`, [
      `copy ${path} to ${file}, and try again`,
    ])
  }
  return { name, file, path, text, definition }
}

const MARK = '\ufeff'

/**
 * Writes what files have become: all of them or none. Codes `ERR_FILE_INVALID` for what would be no school, and
 * `ERR_OUTPUT_NOT_WRITABLE`; nothing is changed then.
 */
export function writeTenantFiles(changes: readonly { file: TenantFile; text: string }[]): void {
  for (const { file, text } of changes) readYaml(file.file, text, tenantSchema)
  const written: { path: string; was: string; mode: number }[] = []
  try {
    for (const { file, text } of changes) {
      const was = readFileSync(file.path, 'utf8')
      const { mode } = statSync(file.path)
      const mark = was.startsWith(MARK) ? MARK : ''
      writing(file.file, () => replaceFile(file.path, mark + text, mode))
      written.push({ path: file.path, was, mode })
    }
  } catch (error) {
    for (const { path, was, mode } of written) replaceFile(path, was, mode)
    throw error
  }
}
