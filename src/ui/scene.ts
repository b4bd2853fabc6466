import type { CockpitScene } from './cockpit/view.ts'
import { type UiModel, valuesOf } from './model.ts'
import type { SessionSnapshot } from './session.ts'

/** What the cockpit draws and its keys need; undefined where there is none. */
export function sceneOf(snapshot: SessionSnapshot, model: UiModel): CockpitScene | undefined {
  const { cockpit, screen } = snapshot
  return cockpit && { source: cockpit, snapshot, values: screen ? valuesOf(model, screen) : {}, size: model.size }
}
