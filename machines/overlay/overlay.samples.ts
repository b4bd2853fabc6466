import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { overlayMachine } from './overlay.ts'

const facts = [{ label: 'Serial number', value: 'SIM0001' }]

export const overlaySamples: Samples<typeof overlayMachine> = {
  inputs: {
    commandPrompt: { window: 'commandPrompt', facts, resetTrouble: null },
    settings: { window: 'settings', facts, resetTrouble: null },
    withoutRecovery: { window: 'settings', facts, resetTrouble: TROUBLE },
    diagnostics: { window: 'diagnostics', facts, resetTrouble: null },
    provisioningOptions: { window: 'provisioningOptions', facts, resetTrouble: null },
    auditMode: { window: 'auditMode', facts, resetTrouble: null },
  },
  events: [
    press('user.close'),
    press('user.restart'),
    press('user.resetRetries'),
    press('user.shutDown'),
    press('user.reset'),
    press('user.collectLogs'),
    press('user.next', { option: 'preProvision' }),
    press('user.next', { option: 'package' }),
    press('user.cancel'),
  ],
  done: {},
}
