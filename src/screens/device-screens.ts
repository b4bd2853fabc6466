import type { ContextFrom } from 'xstate'
import type { autopilotProfileMachine } from '../../machines/pages/autopilot-profile.ts'
import type { criticalUpdatesMachine } from '../../machines/pages/critical-updates.ts'
import type { deviceNameMachine } from '../../machines/pages/device-name.ts'
import type { deviceUsageMachine } from '../../machines/pages/device-usage.ts'
import type { namingMachine } from '../../machines/pages/naming.ts'
import type { qualityUpdatesMachine } from '../../machines/pages/quality-updates.ts'
import { button, complaint, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

export function criticalUpdatesScreen(
  { updates }: ContextFrom<typeof criticalUpdatesMachine>,
  state: StateOf<typeof criticalUpdatesMachine>,
): Draft {
  switch (state) {
    case 'checking':
      return working('Checking for updates')
    case 'installing':
      return { ...working('Updates are underway', ...updates.map(({ title }) => detail(title))), step: 'installing' }
    default:
      return undrawn(state)
  }
}

export function autopilotProfileScreen(
  { attempts, answer }: ContextFrom<typeof autopilotProfileMachine>,
  state: StateOf<typeof autopilotProfileMachine>,
): Draft {
  switch (state) {
    case 'asking':
    case 'reading':
      return working('Just a moment…', detail('Looking for your organization'))
    case 'waitingToRetry':
      return {
        ...working('Just a moment…', detail(`Still looking for your organization (attempt ${attempts})`)),
        step: 'retrying',
        ...(answer.kind === 'unreachable' ? { why: [{ fact: answer.text, effect: 'the lookup is repeated' }] } : {}),
      }
    default:
      return undrawn(state)
  }
}

export const namingScreen = ({ name, template }: ContextFrom<typeof namingMachine>): Draft => ({
  ...working('Setting up your device', line(`Your device will be called ${name}.`), detail('It restarts in a moment.')),
  why: [{ fact: `CloudAssignedDeviceName ${template}`, effect: 'the device is renamed and restarted' }],
})

export const licenseTermsScreen = (): Draft => ({
  // The title is not sourced (reference: oobe-autopilot-esp.md, 1.7 [U]).
  title: 'Please review the License Agreement',
  body: [line('Microsoft Software License Terms'), detail('The text of the terms is not part of the simulation.')],
  controls: [primary('accept', 'Accept', 'user.accept')],
})

export function deviceNameScreen(
  { isRefused }: ContextFrom<typeof deviceNameMachine>,
  state: StateOf<typeof deviceNameMachine>,
): Draft {
  switch (state) {
    case 'renaming':
      return { ...working("Let's name your device", detail('It restarts in a moment.')), step: 'renaming' }
    case 'asking':
      return {
        title: "Let's name your device",
        body: [
          line('Make it yours with a unique name that is easy to recognise.'),
          ...(isRefused ? [complaint('Up to 15 letters, digits and hyphens, and not only digits.')] : []),
        ],
        controls: [
          { id: 'name', kind: 'text', label: 'Device name', maxLength: 15 },
          button('skip', 'Skip for now', 'user.skip'),
          primary('next', 'Next', 'user.next'),
        ],
      }
    default:
      return undrawn(state)
  }
}

export const deviceUsageScreen = ({ reason }: ContextFrom<typeof deviceUsageMachine>): Draft => ({
  title: 'How would you like to set up this device?',
  body: [],
  controls: [
    {
      id: 'usage',
      kind: 'choice',
      label: 'Use of the device',
      options: [
        { id: 'personal', label: 'Set up for personal use' },
        { id: 'workOrSchool', label: 'Set up for work or school' },
      ],
      selected: 'personal',
    },
    primary('next', 'Next', 'user.next'),
  ],
  why: [{ fact: reason, effect: 'the device asks what it is for' }],
})

export function qualityUpdatesScreen(
  { updates, code }: ContextFrom<typeof qualityUpdatesMachine>,
  state: StateOf<typeof qualityUpdatesMachine>,
): Draft {
  const why = [{ fact: 'Install Windows quality updates: Yes', effect: 'quality updates page shown' }]
  switch (state) {
    case 'scanning':
      return { ...working('Checking for Windows updates'), why }
    case 'installing':
      return { ...working('Installing updates', ...updates.map(({ title }) => detail(title))), step: 'installing', why }
    case 'offeringSkip':
      return {
        why,
        step: 'failed',
        title: 'Some updates could not be installed',
        body: [line('You can go on: Windows tries again later.')],
        controls: [primary('skip', 'Skip', 'user.skip')],
        failure: { code, text: 'the quality updates could not be installed' },
      }
    default:
      return undrawn(state)
  }
}
