/** How long parts of the set-up take a device, besides what it asks over the network. In seconds. */
export interface SetupWork {
  joinSeconds: number
  enrollmentSeconds: number
  firstSessionSeconds: number
}

/** Where a device states nothing. Two minutes from the sign-in to the status page were measured; their parts are an assumption. */
export const SETUP_WORK: {
  readonly [Name in keyof SetupWork]: { seconds: number; tag: 'M'; about: string; source: string }
} = {
  joinSeconds: {
    seconds: 35,
    tag: 'M',
    about: 'the device makes its keys, and joins Microsoft Entra',
    source: '9: 2 minutes from the sign-in to the status page; that it is so much of them is an assumption',
  },
  enrollmentSeconds: {
    seconds: 45,
    tag: 'M',
    about: 'the device makes the key of its management certificate, and enrols',
    source: '9: as before',
  },
  firstSessionSeconds: {
    seconds: 40,
    tag: 'M',
    about: 'between the enrolment and the first management session',
    source: '9: as before',
  },
}

/** The work of a device that states so much of it itself, in milliseconds. */
export const workMs = (
  name: keyof SetupWork,
  stated: { [Name in keyof SetupWork]?: number | undefined } = {},
): number => (stated[name] ?? SETUP_WORK[name].seconds) * 1_000
