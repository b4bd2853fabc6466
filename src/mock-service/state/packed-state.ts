import type { DirectoryPart } from '../directory/directory-part.ts'
import { type PackedPast, packPast, unpackPast } from '../directory/packed-past.ts'
import type { TenantState } from './tenant-state.ts'

/** The state as a file has it: no longer than it needs to be. */
export type PackedState = Omit<TenantState, 'directory'> & {
  directory: Omit<DirectoryPart, 'past'> & { past: PackedPast }
}

export const packed = ({ directory, ...slices }: TenantState): PackedState => ({
  ...slices,
  directory: { ...directory, past: packPast(directory.past) },
})

export const unpacked = ({ directory, ...slices }: PackedState): TenantState => ({
  ...slices,
  directory: { ...directory, past: unpackPast(directory.past) },
})
