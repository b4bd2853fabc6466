import * as v from 'valibot'
import { buildParts, WINDOWS_VERSIONS } from '../../domain/windows-versions.ts'
import { amount, day, text } from './common.ts'

const VERSION_NAMES = WINDOWS_VERSIONS.map(({ name }) => name)

const written = v.strictObject({
  id: text,
  title: text,
  kind: v.picklist(['critical', 'quality']),
  installSeconds: v.optional(amount(0, 864_000), 60),
  sizeMb: v.optional(amount(0, 1_000_000), 100),
  needsRestart: v.exactOptional(
    v.pipe(v.boolean(), v.description('Left out: a quality update needs one, a critical update needs none.')),
  ),
  releasedOn: v.optional(v.pipe(day, v.description('From this day on Windows Update offers it.')), '2024-10-01'),
  version: v.exactOptional(
    v.pipe(v.picklist(VERSION_NAMES), v.description('The version of Windows 11 that it is for.')),
  ),
  build: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^\d{5}\.\d{1,5}$/, 'must be a build and its revision, for example "26100.9278", in quotes'),
      v.description('The build of Windows after it: devices of that version with an older one get it.'),
    ),
  ),
})

const releaseOf = ({ version, build }: v.InferOutput<typeof written>) =>
  WINDOWS_VERSIONS.find(({ name, build: number }) =>
    build === undefined ? name === version : number === buildParts(`10.0.${build}`).number,
  )

/** An update of Windows Update. */
export const update = v.pipe(
  written,
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.issues !== undefined) return
    const { version, build, releasedOn } = dataset.value
    const release = releaseOf(dataset.value)
    if (build !== undefined && release === undefined) {
      addIssue({ message: `there is no version of Windows 11 with the build ${build.split('.')[0]}` })
    } else if (version !== undefined && release !== undefined && release.name !== version) {
      addIssue({ message: `the build ${build} is of version ${release.name}, not ${version}` })
    } else if (release?.releasedOn !== undefined && releasedOn < release.releasedOn) {
      addIssue({ message: `version ${release.name} is out since ${release.releasedOn}: its updates are not older` })
    }
  }),
  v.transform(({ needsRestart, ...facts }) => ({ ...facts, needsRestart: needsRestart ?? facts.kind === 'quality' })),
)
