import type { ButtonControl, Screen } from '../../src/domain/screen.ts'
import type { SessionSnapshot } from '../../src/ui/session.ts'

const button = (id: string, label: string, rest: Partial<ButtonControl> = {}): ButtonControl => ({
  kind: 'button',
  id,
  label,
  event: `user.${id}`,
  ...rest,
})

const NEXT = button('next', 'Next', { primary: true })
const BACK = button('back', 'Back')

const countries =
  'Australia,Austria,Belgium,Brazil,Canada,Chile,Denmark,Finland,France,Germany,Greece,Iceland,India,Ireland,Italy,Japan,Mexico,Norway,Poland,Spain'

export const REGION: Screen = {
  page: 'region',
  title: 'Is this the right country or region?',
  body: [],
  controls: [
    {
      kind: 'choice',
      id: 'region',
      label: '',
      options: countries.split(',').map((label) => ({ id: label.toLowerCase(), label })),
      selected: 'australia',
    },
    button('next', 'Yes', { primary: true }),
  ],
  why: [],
}

export const WIFI: Screen = {
  page: 'network',
  step: 'choosing',
  title: 'Let’s connect you to a network',
  body: [{ text: 'You’ll need an internet connection to finish setting up your device.' }],
  controls: [
    {
      kind: 'choice',
      id: 'network',
      label: 'Wi-Fi',
      options: [
        { id: 'contoso', label: 'Contoso-Students', detail: 'Secured', bars: 4, locked: true },
        { id: 'guest', label: 'Contoso-Guest', detail: 'Open', bars: 2 },
        { id: 'cafe', label: 'カフェ 漢字', detail: 'Secured', bars: 1, locked: true },
      ],
    },
    BACK,
    button('connect', 'Connect'),
    button('next', 'Next', { primary: true, disabled: true }),
  ],
  why: [{ fact: 'CloudAssignedOobeConfig bit 1', effect: 'The page cannot be skipped.' }],
}

export const WIFI_KEY: Screen = {
  page: 'network',
  step: 'key',
  title: 'Enter the network security key',
  body: [{ text: 'Contoso-Students' }],
  controls: [{ kind: 'secret', id: 'key', label: 'Network security key' }, button('cancel', 'Cancel'), NEXT],
  why: [],
}

export const EMAIL: Screen = {
  page: 'signIn',
  step: 'email',
  title: 'Let’s set things up for your work or school',
  body: [{ text: 'You’ll use this info to sign in to your devices.' }],
  controls: [
    { kind: 'text', id: 'email', label: 'Email', hint: 'someone@contoso.example', maxLength: 40 },
    { kind: 'link', id: 'options', label: 'Sign-in options', event: 'user.options' },
    NEXT,
  ],
  why: [],
}

export const PASSWORD: Screen = {
  page: 'signIn',
  step: 'password',
  title: 'Enter your password',
  body: [
    { text: 'alice@contoso.example' },
    { text: 'Your account or password is incorrect.', tone: 'error' },
    { text: 'Pupils of Contoso School sign in with the account on their card.', tone: 'detail' },
  ],
  brand: { name: 'Contoso School', color: '#7a1f5c' },
  controls: [
    { kind: 'secret', id: 'password', label: 'Password' },
    { kind: 'link', id: 'forgot', label: 'Forgot my password', event: 'user.forgot' },
    BACK,
    button('signIn', 'Sign in', { primary: true }),
  ],
  why: [],
}

export const STATUS: Screen = {
  page: 'enrollmentStatus',
  title: 'Setting up your device for work or school',
  body: [{ text: 'This could take a while and your device may need to restart.' }],
  brand: { name: 'Contoso School', color: '#ffd700', logo: [' ▄█▄ ', '▀███▀'] },
  controls: [],
  progress: {
    categories: [
      {
        id: 'preparation',
        label: 'Device preparation',
        state: 'succeeded',
        status: 'Complete',
        steps: [
          { id: 'tpm', label: 'Securing your hardware', state: 'succeeded', status: 'Complete' },
          { id: 'join', label: 'Joining your organization’s network', state: 'succeeded', status: 'Complete' },
        ],
      },
      {
        id: 'device',
        label: 'Device setup',
        state: 'inProgress',
        status: 'Working on it',
        steps: [
          { id: 'policies', label: 'Security policies', state: 'succeeded', status: '1 of 1 applied' },
          { id: 'certificates', label: 'Certificates', state: 'notRequired', status: 'No setup needed' },
          { id: 'network', label: 'Network connections', state: 'failed', status: '0x87D1FDE8' },
          { id: 'apps', label: 'Apps', state: 'inProgress', status: '2 of 5 installed' },
        ],
      },
      { id: 'account', label: 'Account setup', state: 'notStarted', status: 'Waiting', steps: [] },
    ],
  },
  why: [],
}

export const FAILURE: Screen = {
  page: 'enrollmentStatusFailure',
  title: 'Something went wrong',
  body: [{ text: 'Try again, or ask your support person for help.' }],
  failure: { code: '0x800705B4', text: 'Installing apps took longer than the time limit of 60 minutes.' },
  controls: [
    button('reset', 'Reset device'),
    button('collectLogs', 'Collect logs'),
    button('continueAnyway', 'Continue anyway', { disabled: true }),
    button('tryAgain', 'Try again', { primary: true }),
  ],
  why: [],
}

export const DOWNLOAD: Screen = {
  page: 'qualityUpdates',
  title: 'Checking for updates',
  body: [],
  controls: [],
  progress: { fraction: 0.42, label: 'Downloading 2026-11 Cumulative Update' },
  why: [],
}

export const SNAPSHOT: SessionSnapshot = {
  screen: REGION,
  now: 62_400,
  speed: 1,
  device: 'Surface Laptop SE',
  states: ['oobe.region', 'network.connected'],
  transitions: [
    { at: 1_000, text: 'powerOn -> language' },
    { at: 61_000, text: 'language -> region' },
  ],
  requests: [
    { at: 2_000, operation: 'GetCookie', url: 'https://update.example/ClientWebService', result: '200' },
    { at: 3_000, operation: 'Discover', url: 'https://enroll.example/Discovery.svc', result: '0x80180014' },
    { at: 62_000, operation: 'GetPolicies', url: 'https://enroll.example/Policy.svc', result: '' },
  ],
  identity: [
    { label: 'Serial number', value: 'SIM-0001' },
    { label: 'Device id', value: '53494d00-0000-4000-8000-000000000001' },
  ],
  network: {
    via: 'wifi',
    ssid: 'Contoso-Students',
    bars: 3,
    isOnline: true,
    hasEthernet: true,
    hasWifi: true,
    cable: false,
    radio: true,
  },
  suggestion: null,
  note: null,
  ended: null,
}

/** The first of the two steps, with two of its switches. */
export const PRIVACY: Screen = {
  page: 'privacy',
  step: 'first',
  title: 'Choose privacy settings for your device',
  body: [],
  controls: [
    { kind: 'switch', id: 'location', label: 'Location', isOn: true },
    { kind: 'switch', id: 'findMyDevice', label: 'Find my device', isOn: false },
    NEXT,
  ],
  why: [],
}
