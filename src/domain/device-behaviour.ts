import { CODE } from './windows-codes.ts'

/**
 * What no published source settles about Windows: how the device behaves in these points is a separate fact, which a
 * device file or a scenario may change. Sections without a file name are of mdm-protocols.md.
 */
export interface DeviceBehaviour {
  waitsForSidecar: boolean
  identifyingTimesOut: boolean
  limitOutlastsRestarts: boolean
  skippedAppBlocks: boolean
  installersCollide: boolean
  installationAlert: '1224' | '1226'
  heedsPush: boolean
  modeBeforeSignIn: 'Machine' | 'Maintenance'
  updatesBeforeLookup: boolean
  lookupWaitsForInternet: boolean
  requestVersionSince: '4.0' | '5.0'
  allowsUndeclaredPrefix: boolean
  allowsChunkedAnswer: boolean
  allowsShortAnswer: boolean
  allowsVersion1Certificate: boolean
  checksSearchCriteria: boolean
  sessionIdsBeginAt: '0' | '1'
  allowsOtherSessionId: boolean
  allowsOtherMessageId: boolean
  allowsOtherTarget: boolean
  findsProxy: boolean
  lookupNeedsAccount: boolean
  opensProvisioningOnSe: boolean
  lidClosedSleeps: boolean
  kioskSignInLasts: boolean
  entersRecovery: boolean
  tokensNeedRestAfterReseal: boolean
  extensionExpiresAfterReseal: boolean
}

export interface Uncertain<Value> {
  /** Best guess: what a device does that says nothing else. */
  guess: Value
  /** D and L documented, F observed in the field, O read in source, U inferred or from one source. */
  tag: 'D' | 'F' | 'L' | 'O' | 'U'
  about: string
  source: string
}

export const DEVICE_BEHAVIOUR: { readonly [Name in keyof DeviceBehaviour]: Uncertain<DeviceBehaviour[Name]> } = {
  waitsForSidecar: {
    guess: false,
    tag: 'U',
    about: 'once agents are registered below Setup/Apps/PolicyProviders, the page waits for the one named Sidecar',
    source: '3.2 and 11: one well-documented field case',
  },
  identifyingTimesOut: {
    guess: true,
    tag: 'D',
    about: 'TimeOutUntilSyncFailure ends the page while an agent owes it TrackingPoliciesCreated, too',
    source: 'oobe-autopilot-esp.md, 10 S19; 3.2 has no limit at all, and a case that hung for hours [F]',
  },
  limitOutlastsRestarts: {
    guess: true,
    tag: 'U',
    about:
      'the status page has one time limit for each phase: a restart and Try again get what is left of it, and Try again a whole one where nothing is left; false: each start of the device and each Try again begins it anew',
    source:
      'no source says how the limit counts; oobe-autopilot-esp.md, 4.1 [C]: after a time-out the page asks people to try again',
  },
  skippedAppBlocks: {
    guess: false,
    tag: 'F',
    about: 'an app that the agent skips stays at NotInstalled, and the page waits for it',
    source: '6.3: reports of a stall',
  },
  installersCollide: {
    guess: false,
    tag: 'F',
    about: `the management channel and the management extension install at the same time: the one that comes second gets 1618 (${CODE.anotherInstallation})`,
    source: 'oobe-autopilot-esp.md, 4.7 [D] and 4.9 [F]: a mix of MSI and Win32 apps fails now and then',
  },
  installationAlert: {
    guess: '1226',
    tag: 'L',
    about: 'the alert that reports the result of an MSI',
    source: '2.5 and 11: 1226 by the protocol page, 1224 by the page of the CSP',
  },
  heedsPush: {
    guess: true,
    tag: 'O',
    about: 'a push starts a session',
    source: '2.9: documented, and seen to be ignored by current builds',
  },
  modeBeforeSignIn: {
    guess: 'Maintenance',
    tag: 'O',
    about: 'the mode in the address of a session until a person has signed in; Maintenance from then on',
    source: '2.2 and 11: Machine by the text of the specification [S], Maintenance throughout in the captures',
  },
  updatesBeforeLookup: {
    guess: false,
    tag: 'D',
    about:
      'on Wi-Fi the first updates are installed before the profile is asked for, as the tutorial for schools has it; false: the profile comes as soon as there is a network',
    source: 'oobe-autopilot-esp.md, 1.2 [D]: the pages of Microsoft disagree',
  },
  lookupWaitsForInternet: {
    guess: true,
    tag: 'U',
    about:
      'a device that has lost the internet when its tries for a profile are used up tests the network until it is back, and asks again; false: it is set up without a profile',
    source: 'oobe-autopilot-esp.md, 8.1: events 164 to 167 queue the download until there is internet; 10 S7',
  },
  requestVersionSince: {
    guess: '4.0',
    tag: 'O',
    about: 'the EnrollmentVersion of a server from which on RequestSecurityToken says RequestVersion',
    source: '1.7: 5.0 by the specification [S]; recorded devices say it to a server of 4.0, too',
  },
  allowsUndeclaredPrefix: {
    guess: true,
    tag: 'U',
    about: 'an OMA-DM answer with a prefix that is declared nowhere is read, and reported; false: it ends the session',
    source:
      '1.6: servers in use write <A:Format> without declaring A, and manage Windows; what Windows does is not proven',
  },
  allowsChunkedAnswer: {
    guess: true,
    tag: 'U',
    about: 'an answer of the enrolment in chunks (Transfer-Encoding) is read; false: it ends the enrolment',
    source: '1.3: the server must not send chunks [L]; what a device makes of them is not published',
  },
  allowsShortAnswer: {
    guess: false,
    tag: 'U',
    about:
      'an answer with fewer bytes than its Content-Length is taken, and reported; false: the connection was aborted',
    source: 'servers announce a wrong length; what Windows makes of it is not proven',
  },
  allowsVersion1Certificate: {
    guess: true,
    tag: 'U',
    about: 'a client certificate of X.509 version 1 is taken',
    source: 'what `openssl x509 -req` issues without extensions; no source says that Windows refuses it',
  },
  checksSearchCriteria: {
    guess: true,
    tag: 'U',
    about: `SSLCLIENTCERTSEARCHCRITERIA that no certificate meets ends the enrolment with ${CODE.provisioningTlsCertificateNotFound}`,
    source: '1.9: inferred from the name of the code',
  },
  sessionIdsBeginAt: {
    guess: '1',
    tag: 'O',
    about: 'the SessionID of the first OMA-DM session after a start of the device',
    source: '2.1: 0 is legal, and recorded devices begin with it after a start',
  },
  allowsOtherSessionId: {
    guess: false,
    tag: 'O',
    about: 'an OMA-DM answer with the SessionID of another session is carried out; false: it ends the session',
    source: '2.1 and 6.2: Fleet, Latchz and windows_mdm answer with the SessionID of the device',
  },
  allowsOtherMessageId: {
    guess: false,
    tag: 'O',
    about:
      'an OMA-DM answer whose MsgID does not rise, or whose status of the header is for another message, is carried out; false: it ends the session',
    source:
      '2.1 and 6.2: Fleet and windows_mdm answer with the MsgID of the device, Latchz counts from 1 in each session; all three rise, and name the message that they answer',
  },
  allowsOtherTarget: {
    guess: false,
    tag: 'O',
    about: 'an OMA-DM answer whose Target is another device is carried out; false: it ends the session',
    source: '2.1 and 6.2: Fleet, Latchz and windows_mdm write the Source of the device',
  },
  findsProxy: {
    guess: true,
    tag: 'D',
    about: 'setup takes the proxy that the network tells of by WPAD, for all that it asks; false: it takes none',
    source: 'oobe-autopilot-esp.md, 5.2 [D, B]; that all parts of setup take it is an inference',
  },
  lookupNeedsAccount: {
    guess: true,
    tag: 'F',
    about: 'the lookup is asked with a ticket of the Microsoft account service; false: it needs no such service',
    source: 'oobe-autopilot-esp.md, 3.4 [F, B]; older accounts say that the hash is sent, and nothing of a ticket',
  },
  opensProvisioningOnSe: {
    guess: false,
    tag: 'U',
    about: 'the Windows key five times opens the provisioning options on Windows 11 SE too',
    source:
      'oobe-autopilot-esp.md, 0.1 and 12: not verified for SE, which is not among the editions of pre-provisioning [D]',
  },
  lidClosedSleeps: {
    guess: true,
    tag: 'U',
    about: 'a closed lid puts the device to sleep during the first boot; false: it stays awake',
    source: 'no source: the default of Windows for a lid, and the first boot is not excepted anywhere',
  },
  kioskSignInLasts: {
    guess: true,
    tag: 'D',
    about:
      'the automatic sign-in of a kiosk is there after any number of restarts; false: it is lost at the second one after its policy came',
    source: 'oobe-autopilot-esp.md, 2.3 [D]: a known issue after "multiple" restarts; the number is an assumption',
  },
  entersRecovery: {
    guess: true,
    tag: 'D',
    about:
      'a first boot that was broken off five times shows language, region and keyboard on one page, and does not run Autopilot; false: it begins as ever',
    source:
      'oobe-autopilot-esp.md, 1.3 [D]: "too many times"; the number, and that restarts which Windows asks for do not count, are assumptions',
  },
  tokensNeedRestAfterReseal: {
    guess: false,
    tag: 'U',
    about:
      'for 90 minutes after a technician has resealed the device, the person at it gets no token for management: Account setup waits',
    source:
      'oobe-autopilot-esp.md, 2.4 [D]: wait 90 minutes, so that tokens are refreshed; what Windows does sooner is not published',
  },
  extensionExpiresAfterReseal: {
    guess: true,
    tag: 'D',
    about:
      'when the person signs in more than 180 days after the reseal, the certificate of the management extension is not valid: its apps fail at detection',
    source:
      'oobe-autopilot-esp.md, 2.4 [D]: within six months, or the certificates may be invalid; the days are an assumption',
  },
}

/** The behaviour of a device that says so much of it itself. */
export function behaviourOf(
  told: { [Name in keyof DeviceBehaviour]?: DeviceBehaviour[Name] | undefined } = {},
): DeviceBehaviour {
  const guesses = Object.entries(DEVICE_BEHAVIOUR).map(([name, { guess }]) => [name, guess])
  const known = Object.entries(told).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(guesses), ...Object.fromEntries(known) } as DeviceBehaviour
}

/** What the statecharts know of a device's behaviour. */
export const switchesOf = ({ installersCollide, entersRecovery, updatesBeforeLookup }: DeviceBehaviour) => ({
  installersCollide,
  entersRecovery,
  updatesComeFirst: updatesBeforeLookup,
})
