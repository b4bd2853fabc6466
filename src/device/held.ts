import type { PreparationStage } from '../domain/device-preparation.ts'

/** What may be installed now: by the part of the deployment that is under way. */
export type Held =
  | PreparationStage
  /** A person has not decided yet what comes after a failure. */
  | 'failed'
  /** Nothing is held back. */
  | undefined

/** Orders of the server wait for nothing but a decision; scripts and apps of the extension have their turn. */
export const mayOrder = (held: Held): boolean => held !== 'failed'

export const mayRun = (held: Held, { kind, isLater }: { kind?: 'script'; isLater?: boolean }): boolean =>
  held === undefined || (isLater !== true && (held === 'furtherApps' || (held === 'scripts' && kind === 'script')))
