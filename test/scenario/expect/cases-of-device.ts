import type { ExpectationKind } from '../../../src/domain/expectations.ts'
import type { Cases } from './cases-of-pages.ts'

export const OF_DEVICE = {
  requested: {
    holds: [
      { requested: ['MS-MDE2 Discover', { operation: 'OMA-DM session', times: { atLeast: 10 } }] },
      {
        requested: [
          {
            operation: 'MS-MDE2 Discover',
            fields: { EmailAddress: 'alice@contoso.example' },
            method: 'POST',
            status: 200,
            times: 1,
          },
        ],
      },
      { requested: [{ operation: 'Autopilot lookup', answer: { DeploymentProfileName: 'Classroom *' } }] },
      { requested: [{ operation: 'Entra login', fields: { login: 'alice@contoso.example' } }] },
      { requested: [{ operation: 'OIDC authorize', fields: { response_type: 'code' }, url: 'https://login*' }] },
      { requested: [{ operation: 'MS-MDE2 Enroll', times: 0 }] },
    ],
    misses: [
      [{ requested: ['MS-MDE2 Discovery'] }, /^expected the request MS-MDE2 Discovery; nearest: "MS-MDE2 Discover", /],
      [
        { requested: [{ operation: 'MS-MDE2 Discover', fields: { EmailAddress: 'bob@*' } }] },
        /; it was made, but EmailAddress is "alice@contoso\.example"$/,
      ],
      [
        { requested: [{ operation: 'MS-MDE2 Discover', fields: { EmialAddress: 'a' } }] },
        /it has no EmialAddress: nearest: "Envelope\.Body\.Discover\.request\.EmailAddress", /,
      ],
      [
        { requested: [{ operation: 'MS-MDE2 Disc*', times: 0 }] },
        /^expected the request MS-MDE2 Disc\* never; it was made once$/,
      ],
      [
        { requested: [{ operation: 'content download', status: 404 }] },
        /^expected .* answered with 404; it was made, but it was answered with 200$/,
      ],
    ],
  },
  answered: {
    holds: [{ csp: [{ command: 'Replace', uri: '/FirstSyncStatus/BlockInStatusPage', status: 200 }] }],
    misses: [
      [
        { csp: [{ command: 'Replace', uri: '/FirstSyncStatus/BlockInStatusPage', status: 405 }] },
        / is answered with 405, got 200$/,
      ],
      [
        { csp: [{ command: 'Add', uri: '/FirstSyncStatus/BlockInStatusPage', status: 200 }] },
        /; nearest: "Replace \.\/Device\/.*BlockInStatusPage"/,
      ],
    ],
  },
  node: {
    holds: [
      { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSyncFailure', value: 60, by: 'server' }] },
      { node: [{ uri: './Device/Vendor/MSFT/DMClient/Provider/MS DM Server/UPN', value: 'alice@*' }] },
      { node: [{ uri: 'Nothing/There', exists: false }] },
    ],
    misses: [
      [
        { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSyncFailure', value: 61 }] },
        /with the value "61"; .*TimeOutUntilSyncFailure is "60", written by the server$/,
      ],
      [
        { node: [{ uri: 'FirstSyncStatus/TimeOutUntilSync' }] },
        /; nearest: "\S+FirstSyncStatus\/TimeOutUntilSyncFailure", /,
      ],
      [
        { node: [{ uri: 'DMClient/Provider/*/UPN', exists: false }] },
        /^expected no node .*; .* is "alice@contoso\.example", written by the device/,
      ],
    ],
  },
  logged: {
    holds: [
      { logged: ['mdmEnrollSucceeded', { id: 703, data: { name: 'Classroom laptops' }, times: 3 }] },
      {
        logged: [
          { event: 'mdmEnroll*', level: 'information', channel: 'DeviceManagement' },
          { event: 'statusPageFailed', times: 0 },
        ],
      },
    ],
    misses: [
      [
        { logged: ['autoEnrollFailed'] },
        /^expected the event autoEnrollFailed to be logged; nearest: "autoEnrollSucceeded", /,
      ],
      [
        { logged: [{ id: 703, data: { name: 'Staff' } }] },
        /^expected the event with the id 703 with name "Staff" to be logged; it was logged, but name is "Classroom laptops"$/,
      ],
      [{ logged: [{ text: 'Enrolled into MDM' }] }, /; nearest: "MDM Enroll: Succeeded", /],
      [{ logged: [{ event: 'mdmEnrollSucceeded', times: 2 }] }, / to be logged 2 times; it was logged once$/],
    ],
  },
  app: {
    holds: [
      { apps: { 'Safe Exam Browser': 'installed' } },
      {
        apps: {
          '3b8a5c1e-0f42-4d6b-8e97-a1c2d3e4f501': {
            states: ['waiting', 'downloaded', 'installed'],
            exitCode: 0,
            attempts: 1,
          },
        },
      },
    ],
    misses: [
      [{ apps: { 'Safe Exam Browser': 'absent' } }, /^expected the app Safe Exam Browser absent, got installed$/],
      [{ apps: { Minecraft: 'absent' } }, /^expected the app Minecraft absent; nearest: /],
      [{ apps: { 'Safe Exam Browser': 'failed' } }, /^expected the app Safe Exam Browser failed, got installed$/],
      [{ apps: { 'Safe Exam': 'installed' } }, /^expected the app Safe Exam installed; nearest: "Safe Exam Browser", /],
      [
        { apps: { 'Safe Exam Browser': { states: ['installed', 'waiting'] } } },
        /installed → waiting, got downloading → waiting → /,
      ],
    ],
  },
  profile: {
    holds: [
      { profile: 'Classroom laptops' },
      { profile: { name: 'Class*', from: 'service', settings: { CloudAssignedDeviceName: 'CLS-*' } } },
    ],
    misses: [
      [
        { profile: 'Staff laptops' },
        /^expected the Autopilot profile "Staff laptops", got "Classroom laptops" from the service$/,
      ],
      [{ profile: false }, /^expected no Autopilot profile, got "Classroom laptops" from the service$/],
      [
        { profile: { name: '*', settings: { CloudAssignedDeviceName: 'LAB' } } },
        /; CloudAssignedDeviceName is "CLS-%SERIAL%"$/,
      ],
    ],
  },
  sessions: {
    holds: [{ sessions: [{ result: 'held', startedBy: 'schedule', times: { atLeast: 5 } }, { result: 'failed' }] }],
    misses: [
      [
        { sessions: 1 },
        /^expected a management session held once; it was \d+ times: \d+ held \(schedule\), \d+ failed with 0x80072ee7 \(schedule\)$/,
      ],
    ],
  },
  happened: {
    holds: [{ happened: ['outage', { event: 'outage', times: 1 }] }],
    misses: [[{ happened: ['outrage'] }, /^expected the event "outrage" to happen; it never did; nearest: "outage"$/]],
  },
  boots: {
    holds: [{ boots: 3 }, { boots: { atLeast: 2 } }],
    misses: [
      [{ boots: 2 }, /^expected 2 starts, got 3$/],
      [{ boots: { atMost: 1 } }, /^expected starts at most once, got 3$/],
    ],
  },
  deviceName: {
    holds: [{ deviceName: 'CLS-*' }],
    misses: [[{ deviceName: 'LAB-*' }, /^expected the device name LAB-\*, got DESKTOP-\w+ → CLS-\w+$/]],
  },
  recorded: {
    holds: [
      {
        recorded: [
          { kind: 'network', with: { via: 'none', radio: false } },
          { kind: 'power', with: { event: 'cut' }, times: 0 },
        ],
      },
    ],
    misses: [
      [
        { recorded: [{ kind: 'network', with: { via: 'carrier' } }] },
        /; there are \d+ of that kind, but via is "none"$/,
      ],
      [{ recorded: [{ kind: 'power', with: { event: 'on' }, times: 1 }] }, /; there are 3$/],
    ],
  },
} satisfies Partial<Record<ExpectationKind, Cases>>
