import { press, type Samples } from '../samples.ts'
import type { overlayMachine } from './overlay.ts'

const facts = [{ label: 'Serial number', value: 'SIM0001' }]

export const overlaySamples: Samples<typeof overlayMachine> = {
  inputs: {
    commandPrompt: { window: 'commandPrompt', facts },
    settings: { window: 'settings', facts },
    diagnostics: { window: 'diagnostics', facts },
    provisioningOptions: { window: 'provisioningOptions', facts },
    auditMode: { window: 'auditMode', facts },
  },
  events: [
    press('user.close'),
    press('user.restart'),
    press('user.shutDown'),
    press('user.reset'),
    press('user.collectLogs'),
    press('user.next', { option: 'preProvision' }),
    press('user.next', { option: 'package' }),
    press('user.cancel'),
  ],
  done: {},
}
