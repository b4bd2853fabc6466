import type { EspCategoryId } from '../../domain/esp.ts'
import type { CspTree } from '../csp/csp-tree.ts'
import { DevicePreparation } from './device-preparation.ts'
import type { ComputedProgress, EspOptions } from './progress.ts'
import { SetupProgress } from './setup-progress.ts'

export const progressOf = (
  tree: CspTree,
  category: EspCategoryId,
  providerId: string,
  options: EspOptions = {},
): ComputedProgress =>
  category === 'devicePreparation'
    ? new DevicePreparation(tree, options)
    : new SetupProgress(tree, category, providerId, options)
