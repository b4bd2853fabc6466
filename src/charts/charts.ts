import { oobeMachine } from '../../machines/oobe/oobe.ts'
import { overlayMachine } from '../../machines/overlay/overlay.ts'
import { statechartsFrom } from '../run/statecharts.ts'
import type { Chart } from './chart.ts'
import { chartOf } from './chart-of.ts'

/** Every statechart of the first boot, in the order in which it is run; the parent is the first, and what opens above the pages is the last. */
export const allCharts = (): Chart[] => [...statechartsFrom(oobeMachine), overlayMachine].map(chartOf)
