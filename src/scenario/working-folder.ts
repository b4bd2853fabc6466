import { UserError } from '../domain/trouble.ts'

/** Code `ERR_WORKING_FOLDER` when it was deleted, or cannot be entered. */
export function workingFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    throw new UserError('ERR_WORKING_FOLDER', `the working folder cannot be used: ${(error as Error).message}`)
  }
}
