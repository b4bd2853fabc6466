import * as v from 'valibot'
import { TEXT_ENCODINGS, TPM_FAULTS } from '../../domain/device.ts'
import { RECOVERY_STATES } from '../../domain/reset.ts'
import { EDITION_NAMES } from '../../domain/windows-versions.ts'
import { amount } from './common.ts'

/**
 * `devices/*.yaml`. What it accepts is a DeviceDefinition without its id, which is the name of the file. Every check is
 * one that a JSON schema can express too, so that an editor says the same as we do.
 */

/** SMBIOS and Windows texts reach the hardware hash, which holds printable ASCII. */
const text = (lengthMax = 64) =>
  v.pipe(
    v.string(),
    v.regex(/^[\x20-\x7e]*$/, 'may hold printable ASCII only'),
    v.maxLength(lengthMax, `may have at most ${lengthMax} characters`),
  )

const filledText = (lengthMax = 64) => v.pipe(text(lengthMax), v.minLength(1, 'must not be empty'))

/** The bar separates the parts in the hash. */
const diskText = v.pipe(
  v.string(),
  v.regex(/^[\x20-\x7b\x7d\x7e]{0,40}$/, 'may hold at most 40 printable ASCII characters without "|"'),
)

const count = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
  )

const U16_MAX = 0xffff
const U32_MAX = 0xffff_ffff

const uuid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, 'must be a UUID: 8-4-4-4-12 hexadecimal digits'),
)

/** A file that was made from a real hash has the maker's address; those that are shipped have none. */
const unicastMac = v.pipe(
  v.string(),
  v.regex(
    /^(?!00(:00){5}$)[0-9a-fA-F][02468aceACE](:[0-9a-fA-F]{2}){5}$/,
    'must be the MAC address of one adapter, for example 02:53:49:4D:00:01',
  ),
)

const languageTag = v.pipe(
  v.string(),
  v.regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/, 'must be a language tag, for example en-US'),
)

const windowsSchema = v.strictObject({
  edition: v.picklist(EDITION_NAMES, `must be ${EDITION_NAMES.slice(0, -1).join(', ')} or ${EDITION_NAMES.at(-1)}`),
  build: v.pipe(
    v.string(),
    v.regex(/^10\.0\.\d{5}\.\d{1,5}$/, 'must be a four-part build, for example 10.0.26100.4652'),
  ),
  languages: v.pipe(v.array(languageTag), v.minLength(1, 'must name a language')),
  productKeyId: v.pipe(v.string(), v.regex(/^\d{13}$/, 'must be 13 decimal digits, in quotes')),
  productKeyPartNumber: v.pipe(
    v.string(),
    v.regex(/^\[[A-Z]{2}\]X\d{2}-\d{5}$/, 'must look like [TH]X19-98765, in quotes'),
  ),
  recovery: v.exactOptional(
    v.pipe(
      v.picklist(RECOVERY_STATES, 'must be enabled, disabled or missing'),
      v.description('Windows RE, which a reset needs: without it a reset is refused. Left out: enabled.'),
    ),
  ),
})

const smbiosSchema = v.strictObject({
  manufacturer: filledText(),
  productName: filledText(),
  version: text(),
  serialNumber: filledText(),
  uuid,
  sku: text(),
  family: text(),
  firmwareVendor: filledText(),
  board: v.strictObject({ manufacturer: text(), product: text(), version: text() }),
  chassisType: count(1, 36),
})

/** The ways to say what is in a file. */
const CONTENTS = ['json', 'text', 'base64', 'from'] as const

const contentsIn = (file: Partial<Record<(typeof CONTENTS)[number], unknown>>): string[] =>
  CONTENTS.filter((name) => file[name] !== undefined)

/** To valibot a list is an object, too. */
const jsonObject = v.lazy((given) =>
  Array.isArray(given)
    ? (v.never('must be an object') as never)
    : v.record(v.string(), v.unknown(), 'must be an object'),
)

const diskFile = v.pipe(
  v.strictObject({
    path: v.pipe(
      v.string(),
      v.maxLength(260, 'may have at most 260 characters'),
      v.regex(
        /^[A-Za-z]:(\\[^\\/:*?"<>|\u0000-\u001f]+)+$/,
        'must be a path of Windows, such as C:\\Windows\\Provisioning\\Autopilot\\AutopilotConfigurationFile.json',
      ),
    ),
    json: v.exactOptional(jsonObject),
    text: v.exactOptional(v.string()),
    base64: v.exactOptional(
      v.pipe(v.string(), v.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'must be base64')),
    ),
    encoding: v.exactOptional(v.picklist(TEXT_ENCODINGS, `must be one of ${TEXT_ENCODINGS.join(', ')}`)),
    from: v.exactOptional(
      v.pipe(
        filledText(1024),
        v.description('A file beside this one, by its path: its bytes are what is in the file.'),
      ),
    ),
  }),
  v.check((file) => contentsIn(file).length === 1, `needs one of ${CONTENTS.join(', ')}`),
  v.check(
    ({ encoding, base64, from }) => encoding === undefined || (base64 === undefined && from === undefined),
    'encoding goes with json and text: bytes have none',
  ),
)

const adapterSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens')),
  kind: v.picklist(['wifi', 'ethernet', 'bluetooth', 'cellular'], 'must be wifi, ethernet, bluetooth or cellular'),
  bus: v.exactOptional(v.picklist(['pci', 'usb', 'vmbus'], 'must be pci, usb or vmbus')),
  name: filledText(),
  mac: unicastMac,
  removable: v.boolean(),
})

const tpmSchema = v.strictObject({
  version: v.picklist(['2.0', '1.2'], "must be '2.0' or '1.2', in quotes"),
  vendor: v.pipe(v.string(), v.regex(/^[A-Z0-9]{3,4}$/, 'must be a TCG vendor id without padding, for example IFX')),
  kind: v.picklist(['discrete', 'firmware'], 'must be discrete or firmware'),
  firmware: v.strictTuple([count(0, U32_MAX), count(0, U32_MAX)]),
  specification: v.strictObject({
    level: count(0, U32_MAX),
    revision: v.pipe(v.string(), v.regex(/^\d\.\d{2}$/, "must look like '1.38', in quotes")),
  }),
  endorsementSeed: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits')),
  certificate: v.picklist(['nv', 'web', 'none'], 'must be nv, web or none'),
  faults: v.exactOptional(v.array(v.picklist(TPM_FAULTS, `must be one of ${TPM_FAULTS.join(', ')}`))),
})

const securityKeys = v.pipe(
  v.array(
    v.strictObject({
      name: v.pipe(filledText(), v.description('Its name: the key itself follows from it.')),
      pin: v.pipe(v.string(), v.minLength(4, 'must have 4 characters or more'), v.description('Its PIN.')),
      account: v.exactOptional(
        v.pipe(
          v.string(),
          v.email('must be an e-mail address'),
          v.description('The account that it was registered for.'),
        ),
      ),
    }),
  ),
  v.maxLength(10, 'may name at most 10 keys'),
  v.description('Security keys (FIDO2) that lie beside the device, for the sign-in options.'),
)

const behaviourSchema = v.strictObject({
  waitsForSidecar: v.exactOptional(v.boolean()),
  identifyingTimesOut: v.exactOptional(v.boolean()),
  limitOutlastsRestarts: v.exactOptional(v.boolean()),
  skippedAppBlocks: v.exactOptional(v.boolean()),
  installersCollide: v.exactOptional(v.boolean()),
  installationAlert: v.exactOptional(v.picklist(['1224', '1226'], "must be '1224' or '1226', in quotes")),
  heedsPush: v.exactOptional(v.boolean()),
  modeBeforeSignIn: v.exactOptional(v.picklist(['Machine', 'Maintenance'], 'must be Machine or Maintenance')),
  updatesBeforeLookup: v.exactOptional(v.boolean()),
  lookupWaitsForInternet: v.exactOptional(v.boolean()),
  requestVersionSince: v.exactOptional(v.picklist(['4.0', '5.0'], "must be '4.0' or '5.0', in quotes")),
  allowsUndeclaredPrefix: v.exactOptional(v.boolean()),
  allowsChunkedAnswer: v.exactOptional(v.boolean()),
  allowsShortAnswer: v.exactOptional(v.boolean()),
  allowsVersion1Certificate: v.exactOptional(v.boolean()),
  checksSearchCriteria: v.exactOptional(v.boolean()),
  sessionIdsBeginAt: v.exactOptional(v.picklist(['0', '1'], "must be '0' or '1', in quotes")),
  allowsOtherSessionId: v.exactOptional(v.boolean()),
  allowsOtherMessageId: v.exactOptional(v.boolean()),
  allowsOtherTarget: v.exactOptional(v.boolean()),
  findsProxy: v.exactOptional(v.boolean()),
  lookupNeedsAccount: v.exactOptional(v.boolean()),
  kioskSignInLasts: v.exactOptional(v.boolean()),
  entersRecovery: v.exactOptional(v.boolean()),
  opensProvisioningOnSe: v.exactOptional(v.boolean()),
  lidClosedSleeps: v.exactOptional(v.boolean()),
  tokensNeedRestAfterReseal: v.exactOptional(v.boolean()),
  extensionExpiresAfterReseal: v.exactOptional(v.boolean()),
})

const setupSeconds = v.exactOptional(amount(0, 864_000))

const setupSchema = v.strictObject({
  joinSeconds: setupSeconds,
  enrollmentSeconds: setupSeconds,
  firstSessionSeconds: setupSeconds,
})

const provenanceSchema = v.strictObject({
  tag: v.picklist(['sourced', 'inferred', 'madeUp'], 'must be sourced, inferred or madeUp'),
  source: v.pipe(v.string(), v.minLength(1, 'must not be empty')),
})

export const deviceSchema = v.strictObject({
  title: v.pipe(
    v.string(),
    v.minLength(1, 'must not be empty'),
    v.maxLength(200, 'may have at most 200 characters'),
    v.regex(/^[^\u0000-\u001f\u007f-\u009f]*$/, 'may hold no control characters'),
  ),
  boardSwapOf: v.exactOptional(v.pipe(v.string(), v.minLength(1, 'must not be empty'))),
  windows: windowsSchema,
  smbios: smbiosSchema,
  cpu: v.strictObject({
    vendor: v.picklist(
      ['GenuineIntel', 'AuthenticAMD', 'Qualcomm Technologies Inc'],
      'must be GenuineIntel, AuthenticAMD or Qualcomm Technologies Inc',
    ),
    brand: filledText(48),
    cores: count(1, U16_MAX),
    threads: count(1, U16_MAX),
  }),
  memory: v.strictObject({ gb: count(1, 4096), maxGb: count(1, 4096), slots: count(1, 64) }),
  disk: v.strictObject({
    gb: count(1, U16_MAX),
    bus: v.picklist(['emmc', 'nvme', 'sata', 'sas', 'raid', 'ufs'], 'must be emmc, nvme, sata, sas, raid or ufs'),
    seekPenalty: v.exactOptional(v.boolean()),
    serialNumber: diskText,
    product: diskText,
    vendor: diskText,
    files: v.exactOptional(v.pipe(v.array(diskFile), v.maxLength(100, 'may name at most 100 files'))),
    isGeneralized: v.exactOptional(v.boolean()),
    isEnrolled: v.exactOptional(v.boolean()),
  }),
  // Each takes about 30 bytes of a hash that has 3000.
  adapters: v.pipe(v.array(adapterSchema), v.maxLength(16, 'may name at most 16 adapters')),
  panel: v.strictObject({
    output: v.exactOptional(
      v.picklist(['internal', 'hdmi', 'displayport', 'other'], 'must be internal, hdmi, displayport or other'),
    ),
    widthMm: count(0, U16_MAX),
    heightMm: count(0, U16_MAX),
    widthPx: count(1, U16_MAX),
    heightPx: count(1, U16_MAX),
  }),
  powerRole: v.picklist(['desktop', 'mobile', 'slate'], 'must be desktop, mobile or slate'),
  touch: v.boolean(),
  opticalDrive: v.exactOptional(v.boolean()),
  tpm: v.exactOptional(tpmSchema),
  securityKeys: v.exactOptional(securityKeys),
  behaviour: v.exactOptional(behaviourSchema),
  setup: v.exactOptional(setupSchema),
  provenance: v.record(v.string(), provenanceSchema),
})
