/** The parts of a first boot that a threshold can name, with their names in a report. */
export const PHASE_METRICS = {
  signIn: 'Sign-in',
  tpmAttestation: 'TPM attestation',
  deviceJoin: 'Microsoft Entra join',
  enrollment: 'Enrolment in management',
  requiredSetup: 'Required setup',
  devicePreparation: 'Device preparation',
  deviceSetup: 'Device setup',
  accountSetup: 'Account setup',
  qualityUpdates: 'Quality updates',
  hello: 'Windows Hello',
} as const

export type PhaseMetric = keyof typeof PHASE_METRICS

/** What else has a time. All but the first are real time. */
export const TIME_METRICS = {
  firstBoot: 'the whole first boot, in device time',
  realTime: 'the whole first boot, in real time',
  lag: 'how late a device started',
  request: 'the time to the answer of a real service',
} as const

export type TimeMetric = keyof typeof TIME_METRICS | PhaseMetric

export const TIME_METRIC_NAMES: readonly string[] = [...Object.keys(TIME_METRICS), ...Object.keys(PHASE_METRICS)]

export const isTimeMetric = (name: string): name is TimeMetric => TIME_METRIC_NAMES.includes(name)

export const isPhaseMetric = (name: TimeMetric): name is PhaseMetric => Object.hasOwn(PHASE_METRICS, name)
