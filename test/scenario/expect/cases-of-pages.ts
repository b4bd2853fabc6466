import type { ExpectationKind, Expected } from '../../../src/domain/expectations.ts'

/** What holds, and what does not with what was there instead. */
export interface Cases {
  holds: Expected[]
  misses: [Expected, RegExp][]
}

export const OF_PAGES = {
  end: {
    holds: [
      { outcome: 'desktop' },
      { outcome: ['kiosk', 'desktop'], account: 'standard', managed: true, within: '1h' },
    ],
    misses: [
      [{ outcome: 'failed' }, /^expected the outcome failed, got desktop \(standard user, managed, Autopilot\)$/],
      [{ outcome: ['kiosk', 'failed'] }, /^expected the outcome kiosk or failed, got desktop /],
      [{ within: '10m' }, /^expected it within 10:00, took \d\d:\d\d$/],
      [{ account: 'administrator' }, /^expected account administrator, got standard$/],
      [{ code: '0x1' }, /^expected the code 0x1, got none$/],
    ],
  },
  cause: {
    holds: [],
    misses: [[{ cause: 'no licence' }, /^expected the cause "no licence", found /]],
  },
  follow: {
    holds: [
      { pages: ['network', 'signIn', 'desktop'] },
      { follow: ['region', 'network.connecting', ['kiosk', 'signIn'], 'deviceSetup.apps', 'desktop'] },
      { follow: ['enrollment*', 'enrollment*', 'desktop'] },
      { follow: { exactly: ['powerOn', '**', '{welcome,kiosk}', 'enrollmentStatus', 'firstLogon', 'desktop'] } },
      {
        follow: {
          exactly: ['deviceSetup.identifying', 'deviceSetup.apps', 'deviceSetup.identifying', 'deviceSetup.succeeded'],
        },
      },
    ],
    misses: [
      [{ pages: ['network', 'hello'] }, /^expected the pages network → hello; hello is missing in powerOn → region /],
      [
        { follow: ['desktop', ['region', 'keyboard']] },
        /^expected the order desktop → region or keyboard; region or keyboard is missing in /,
      ],
      [{ follow: ['deviceSetup.app'] as never }, /; nearest: "deviceSetup\.apps", /],
      [
        { follow: { exactly: ['powerOn', 'region', 'network', '**'] } },
        /; network was due, and keyboard came, in powerOn → region → keyboard /,
      ],
      [{ follow: { exactly: ['**', 'welcome'] } }, /; the end was due, and enrollmentStatus came, /],
      [{ follow: { exactly: ['**', 'desktop', 'kiosk'] } }, /; kiosk was due, and the end came, /],
    ],
  },
  never: {
    holds: [{ never: ['enrollmentStatusFailure', 'deviceSetup.fail*'] }],
    misses: [
      [{ never: ['welcome'] }, /^expected never to see the page welcome; it came after \d\d:\d\d$/],
      [{ never: ['deviceSetup.app*'] }, /^expected never to see the state deviceSetup\.app\*; it came after \d:\d\d$/],
    ],
  },
  reach: {
    holds: [
      { reach: ['desktop', 'network.connecting', 'deviceSetup.*', { to: 'region', within: '4s' }] },
      {
        reach: [
          { to: 'network.connecting', times: 1 },
          { to: 'powerOn', times: { atLeast: 3, atMost: 3 } },
        ],
      },
      { reach: [{ to: 'privacy', times: 0 }] },
    ],
    misses: [
      [{ reach: ['stuck'] }, /^expected the run to reach stuck; it never did; nearest: /],
      [{ reach: ['network.askingForName'] }, /; it never did; nearest: "network\.askingForKey", /],
      [
        { reach: [{ to: 'region', within: '3999ms' }] },
        /^expected the run to reach region within 4\.0s; it did after 4\.0s$/,
      ],
      [
        { reach: [{ to: 'powerOn', times: 2 }] },
        /^expected the run to reach powerOn 2 times; it did 3 times, first after 0\.0s$/,
      ],
    ],
  },
  take: {
    holds: [
      { take: ['network.askingForKey: user.connect [hasKey] → connecting'] },
      { take: ['network.askingForKey -> connecting' as never, 'network.*: user.connect → *'] },
      { take: [{ way: 'network.connecting → outOfRange' as never, times: 0 }] },
    ],
    misses: [
      [
        { take: ['network.askingForKey: user.cancel → choosing'] },
        /^expected the transition network\.askingForKey: user\.cancel → choosing; it was not taken; nearest: "network\.askingForKey: user\.connect \[hasKey\] → connecting"$/,
      ],
      [{ take: [{ way: 'network.* → connecting', times: 2 }] }, /; it was once$/],
    ],
  },
  show: {
    holds: [
      { show: [{ page: 'network', text: 'Contoso-Students', control: 'Next' }] },
      { show: [{ wording: 'secondKeyboard.title' }, { page: 'signIn', without: ['Change account', 'Skip'] }] },
      { show: [{ text: 'Apps: * of * installed' }, { page: 'privacy', times: 0 }] },
      { show: [{ page: 'network', control: 'Next', enabled: true }] },
    ],
    misses: [
      [
        { show: [{ page: 'network', text: 'Contoso-Studints' }] },
        /^expected the page network with the text "Contoso-Studints" to be shown; nearest: "Contoso-Students", /,
      ],
      [{ show: [{ page: 'network', control: 'Nxt' }] }, /; nearest: "Next", /],
      [
        { show: [{ page: 'network', control: 'Back', enabled: false }] },
        /the disabled control "Back" to be shown; it was enabled$/,
      ],
      [
        { show: [{ page: 'signIn', without: ['Next', 'Contoso'] }] },
        /without "Next", "Contoso" to be shown; the page signIn has "Next", "Contoso"$/,
      ],
      [{ show: [{ page: 'privacy' }] }, /^expected the page privacy to be shown; nearest: /],
      [{ show: [{ wording: 'hello.intro' }] }, /^expected a page with the text hello\.intro to be shown; nearest: /],
      [
        { show: [{ page: 'desktop', times: 0 }] },
        /^expected the page desktop to be shown never; one screen is like that$/,
      ],
    ],
  },
  skip: {
    holds: [{ skip: ['language', { page: 'licenseTerms', why: 'SkipEula' }] }],
    misses: [
      [{ skip: ['desktop'] }, /^expected the page desktop to be skipped; it was shown; nearest: /],
      [
        { skip: [{ page: 'licenseTerms', why: 'policy' }] },
        /; it was skipped for "CloudAssignedOobeConfig bit 16 \(SkipEula\): /,
      ],
    ],
  },
  spend: {
    holds: [
      {
        spend: [
          { in: 'region', atLeast: '2s', atMost: '2s' },
          { in: 'deviceSetup.apps', atLeast: '2m' },
        ],
      },
    ],
    misses: [
      [{ spend: [{ in: 'region', atMost: '1s' }] }, /^expected at most 1\.0s in region; it was 2\.0s$/],
      [{ spend: [{ in: 'privacy', atLeast: '1s' }] }, /; the run never came there; nearest: /],
    ],
  },
} satisfies Partial<Record<ExpectationKind, Cases>>
