import type { PreparationStage } from '../domain/device-preparation.ts'
import type { AgentApp } from '../protocols/agent-apps/agent-apps.ts'

/** What may be installed now: by the part of the deployment that is under way. */
export type Held =
  | PreparationStage
  /** A person has not decided yet what comes after a failure. */
  | 'failed'
  /** Nothing is held back. */
  | undefined

/** Orders of the server wait for nothing but a decision; scripts and apps of the extension have their turn. */
export const mayOrder = (held: Held): boolean => held !== 'failed'

export const mayRun = (held: Held, { kind }: Pick<AgentApp, 'id' | 'kind'>): boolean =>
  held === undefined || held === 'furtherApps' || (held === 'scripts' && kind === 'script')
