import { isServiced, servicedUntil, versionOf } from '../../domain/windows-versions.ts'
import { type Check, count, judged, notKnown, type Reason } from './prerequisite.ts'

/** Version and support of Windows 11 SE at the tenant's time. */
export const windows: Check = ({ tenant, definitions }) => {
  const devices = [...tenant.directory.now.devices.values()]
  const known = devices.flatMap((device) => {
    const definition = definitions.get(device.id)
    return definition ? [{ device, facts: definition.windows }] : []
  })
  const editions = known.filter(({ facts }) => facts.edition === 'SE')
  const byBuild = new Map<string, string[]>()
  for (const { device, facts } of editions) {
    byBuild.set(facts.build, [...(byBuild.get(facts.build) ?? []), device.serialNumber])
  }
  const remedy = 'move to devices with another edition of Windows 11: 24H2 is the last version of Windows 11 SE'
  const reasons = [...byBuild].flatMap(([build, serials]): Reason[] => {
    const version = versionOf('SE', build)
    const whose = serials.join(', ')
    if (!version) return [{ text: `Windows 11 SE has no version with the build ${build}: ${whose}`, remedy }]
    if (isServiced('SE', build, tenant.now())) return []
    return [
      { text: `the support of Windows 11 SE ${version.name} ended on ${servicedUntil('SE', build)}: ${whose}`, remedy },
    ]
  })
  if (reasons.length === 0 && known.length < devices.length) {
    return notKnown(
      'windows',
      `the edition of ${count(devices.length - known.length, 'device')}`,
      'look at winver on the device, or at the device in Intune',
    )
  }
  const supported = new Set(
    editions.map(({ facts: { build } }) => `${versionOf('SE', build)?.name} until ${servicedUntil('SE', build)}`),
  )
  return judged(
    'windows',
    reasons,
    editions.length === 0 ? 'no device has Windows 11 SE' : `Windows 11 SE is supported: ${[...supported].join(', ')}`,
  )
}
