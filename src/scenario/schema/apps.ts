import * as v from 'valibot'
import { APP_KINDS } from '../../domain/tenant-apps.ts'
import { amount, flag, guid, text, whole } from './common.ts'

/** Up to a terabyte, and up to ten days. */
const megabytes = amount(0, 1_000_000)
const seconds = amount(0, 864_000)

const scope = v.optional(v.picklist(['device', 'user']), 'device')
const names = v.optional(v.array(text), [])

/** More tries than these no run makes. */
const TRIES_MAX = 100

/** A value, or one for each try: the last is for all that follow. */
const byTry = <Value>(one: v.GenericSchema<Value>) =>
  v.union([
    one,
    v.pipe(
      v.array(one, 'must be a value, or a list with one for each try'),
      v.minLength(1, 'must name at least one'),
      v.maxLength(TRIES_MAX, `must be at most ${TRIES_MAX}`),
    ),
  ])

/** A platform script, or a remediation. */
export const script = v.strictObject({
  id: guid,
  name: text,
  kind: v.exactOptional(
    v.pipe(
      v.picklist(['platform', 'remediation']),
      v.description('remediation: two scripts. The first one looks, and where it ends with 1 the second one mends.'),
    ),
  ),
  runAsAccount: v.optional(v.picklist(['system', 'user']), 'system'),
  runSeconds: v.optional(byTry(seconds), 10),
  exitCode: v.optional(byTry(whole(-0x8000_0000, 0xffff_ffff)), 0),
  remediationExitCode: v.exactOptional(
    v.pipe(whole(-0x8000_0000, 0xffff_ffff), v.description('Of the second script of a remediation.')),
  ),
  assignedTo: v.optional(v.array(text), ['allDevices']),
  excluded: names,
})

/** An app of any kind. */
export const app = v.strictObject({
  id: guid,
  name: text,
  publisher: text,
  version: text,
  scope,
  sizeMb: v.optional(megabytes, 20),
  installSeconds: v.optional(byTry(seconds), 50),
  // As a program returns it: with a sign, or as 0x80070643 is written.
  exitCode: v.optional(byTry(whole(-0x8000_0000, 0xffff_ffff)), 0),
  isDetected: v.optional(byTry(v.boolean('must be true or false')), true),
  kind: v.optional(v.picklist(APP_KINDS), 'msi'),
  retryCount: v.optional(whole(0, 100), 0),
  timeoutMinutes: v.optional(whole(0, 1440), 10),
  isSkipped: flag(false),
  dependsOn: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          app: guid,
          install: v.optional(
            v.pipe(
              v.picklist(['auto', 'detectOnly']),
              v.description('auto: it is installed first. detectOnly: it has to be there already.'),
            ),
            'auto',
          ),
        }),
      ),
      v.description('Win32 apps that have to be there before this one.'),
    ),
  ),
  supersedes: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          app: guid,
          uninstallPrevious: v.optional(
            v.pipe(v.boolean(), v.description('The older app is uninstalled first; else this one updates it.')),
            false,
          ),
        }),
      ),
      v.description('Win32 apps that this one updates or replaces.'),
    ),
  ),
  isPreinstalled: v.exactOptional(
    v.pipe(v.boolean(), v.description('The image of the devices has this Win32 app: its detection rule finds it.')),
  ),
  uninstallExitCode: v.exactOptional(
    v.pipe(
      whole(-0x8000_0000, 0xffff_ffff),
      v.description('Of the uninstaller of this Win32 app. All but 0 leaves the app where it is.'),
    ),
  ),
  assignedTo: v.optional(v.array(text), ['allDevices', 'allUsers']),
  excluded: names,
})
