import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { validate } from 'dockerfile-utils'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseAllDocuments, parseDocument } from 'yaml'
import { planOf } from '../../src/fleet/plan.ts'
import { temporaryFolder } from '../cli/files.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const DEPLOY = join(ROOT, 'docs/deploy')
const read = (name: string) => readFileSync(join(DEPLOY, name), 'utf8')

interface Manifest {
  apiVersion: string
  kind: string
  metadata: { name: string }
  [part: string]: unknown
}

const manifests = readdirSync(DEPLOY)
  .filter((name) => name.endsWith('.yaml') && name !== 'plan.yaml')
  .flatMap((file) => parseAllDocuments(read(file)).map((document) => ({ file, manifest: document.toJS() as Manifest })))

/** Where the types of the package have a kind. */
const MODULES: Readonly<Record<string, string>> = { v1: 'core/v1', 'apps/v1': 'apps/v1', 'batch/v1': 'batch/v1' }

/** The type checker knows every key that Kubernetes has: one that it does not have is an error with its line. */
function typeErrors(some: readonly Manifest[]): string {
  // Below this folder, so that the packages are found.
  const folder = join(ROOT, 'node_modules', '.deploy-test')
  mkdirSync(folder, { recursive: true })
  try {
    const files = some.map((manifest, index) => {
      const file = join(folder, `m${index}.ts`)
      const type = `import type { ${manifest.kind} } from 'kubernetes-types/${MODULES[manifest.apiVersion]}'`
      writeFileSync(
        file,
        `${type}\nexport const manifest: ${manifest.kind} = ${JSON.stringify(manifest, undefined, 1)}\n`,
      )
      return file
    })
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--ignoreConfig',
      '--module',
      'esnext',
      '--moduleResolution',
      'bundler',
      '--types',
      '',
    ]
    const { status, stdout } = spawnSync(process.execPath, [tsc, ...options, ...files], {
      encoding: 'utf8',
      cwd: folder,
    })
    return status === 0 ? '' : stdout
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('every manifest has the keys and types of Kubernetes', () => {
  expect(manifests.map(({ manifest: { kind } }) => kind)).toEqual([
    ...['ConfigMap', 'PersistentVolumeClaim', 'Job'],
    ...['Service', 'StatefulSet', 'Deployment'],
  ])
  expect(typeErrors(manifests.map(({ manifest }) => manifest))).toBe('')
})

test('a key that Kubernetes does not have, and a value of another type, would be found', () => {
  const job = manifests.find(({ manifest: { kind } }) => kind === 'Job')!.manifest
  const spec = job.spec as object
  const found = typeErrors([
    { ...job, spec: { ...spec, completion: 10 } },
    { ...job, spec: { ...spec, parallelism: 'ten' } },
  ])
  expect(found).toContain("does not exist in type 'JobSpec'")
  expect(found).toContain("Type 'string' is not assignable to type 'number'")
})

interface Pod {
  securityContext: { runAsNonRoot?: boolean }
  automountServiceAccountToken?: boolean
  volumes?: { name: string; configMap?: { name: string }; persistentVolumeClaim?: { claimName: string } }[]
  containers: {
    name: string
    image: string
    env?: { valueFrom?: { secretKeyRef?: { name: string; key: string } } }[]
    ports?: { name: string }[]
    readinessProbe?: { tcpSocket: { port: string } }
    volumeMounts?: { name: string }[]
    securityContext: { readOnlyRootFilesystem?: boolean; allowPrivilegeEscalation?: boolean; capabilities?: object }
    resources: { limits: Record<string, string>; requests: Record<string, string> }
  }[]
}

const pods = manifests.flatMap(({ manifest }) => {
  const { spec } = manifest as unknown as { spec?: { template?: { spec: Pod } } }
  return spec?.template ? [{ name: manifest.metadata.name, pod: spec.template.spec }] : []
})

test.each(pods)('$name is no root, writes nothing outside its volumes, and has limits', ({ pod }) => {
  expect(pod.securityContext.runAsNonRoot).toBe(true)
  expect(pod.automountServiceAccountToken).toBe(false)
  for (const { image, securityContext, resources } of pod.containers) {
    expect(securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(image).toMatch(/:\d+\.\d+/)
    expect(Object.keys(resources.limits)).toEqual(['cpu', 'memory'])
  }
})

interface Spec {
  selector?: { matchLabels?: object; app?: string }
  serviceName?: string
  ports?: { targetPort: string }[]
  volumeClaimTemplates?: { metadata: { name: string } }[]
  template?: { metadata?: { labels?: object }; spec: Pod }
  podFailurePolicy?: { rules: { onExitCodes?: { containerName: string } }[] }
}

const specs = manifests.map(({ file, manifest }) => ({
  file,
  kind: manifest.kind,
  name: manifest.metadata.name,
  spec: (manifest.spec ?? {}) as Spec,
}))
const namesOf = (kind: string) => specs.flatMap((one) => (one.kind === kind ? [one.name] : []))

/** What the types cannot know: that one manifest names what another one has. */
test('what a manifest names is there: volumes, claims, config maps, labels, ports, containers', () => {
  for (const { spec } of specs) {
    const pod = spec.template?.spec
    if (!pod) continue
    const claims = spec.volumeClaimTemplates?.map(({ metadata }) => metadata.name) ?? []
    const volumes = [...(pod.volumes?.map(({ name }) => name) ?? []), ...claims]
    const mounts = pod.containers.flatMap(({ volumeMounts }) => volumeMounts?.map(({ name }) => name) ?? [])
    expect(mounts.toSorted()).toEqual(volumes.toSorted())
    for (const { configMap, persistentVolumeClaim } of pod.volumes ?? []) {
      if (configMap) expect(namesOf('ConfigMap')).toContain(configMap.name)
      if (persistentVolumeClaim) expect(namesOf('PersistentVolumeClaim')).toContain(persistentVolumeClaim.claimName)
    }
    for (const { ports, readinessProbe } of pod.containers) {
      if (readinessProbe) expect(ports?.map(({ name }) => name)).toContain(readinessProbe.tcpSocket.port)
    }
    if (spec.selector?.matchLabels) expect(spec.template!.metadata?.labels).toMatchObject(spec.selector.matchLabels)
    for (const { onExitCodes } of spec.podFailurePolicy?.rules ?? []) {
      if (onExitCodes) expect(pod.containers.map(({ name }) => name)).toContain(onExitCodes.containerName)
    }
    if (spec.serviceName) expect(namesOf('Service')).toContain(spec.serviceName)
  }
  const services = specs.filter(({ kind }) => kind === 'Service')
  expect(services.length).toBe(1)
  for (const { spec } of services) {
    const served = specs.find((one) => one.spec.template && one.kind === 'StatefulSet')!.spec.template!
    expect(served.metadata?.labels).toMatchObject(spec.selector!)
    const ports = served.spec.containers.flatMap((one) => one.ports?.map(({ name }) => name) ?? [])
    for (const { targetPort } of spec.ports!) expect(ports).toContain(targetPort)
  }
})

test('the address and the secret of the queue are those of the Redis beside it, which keeps what it is given', () => {
  const text = read('workers.yaml')
  const [service] = namesOf('Service')
  expect(text).toContain(`redis://${service}:6379`)
  const secrets = pods.flatMap(({ pod }) =>
    pod.containers.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? [])),
  )
  expect(secrets).toEqual([
    { name: 'oobe-redis', key: 'password' },
    { name: 'oobe-redis', key: 'password' },
  ])
  expect(text).toContain('kubectl create secret generic oobe-redis --from-literal=password=')
  expect(text).toMatch(/--appendonly yes .*--maxmemory-policy noeviction/)
  // Redis is ended before the container is: its memory is below the limit of the container.
  expect(text).toMatch(/--maxmemory 900mb[\s\S]*limits: \{ cpu: "1", memory: 1Gi \}/)
})

const job = manifests.find(({ manifest: { kind } }) => kind === 'Job')!.manifest as unknown as {
  spec: { completions: number; template: { spec: { containers: { args: string[] }[] } } }
}

test('the plans of the folder and of the config map are plans', () => {
  const { data } = manifests[0]!.manifest as unknown as { data: Record<string, string> }
  for (const text of [read('plan.yaml'), data['plan.yaml']!]) expect(planOf('plan.yaml', text, ROOT).count).toBe(1_000)
})

describe('what a pod of the job calls', () => {
  let folder: string
  const { args } = job.spec.template.spec.containers[0]!
  beforeAll(() => {
    execFileSync('sh', ['-n'], { input: args[0] })
  })

  test('is a part of the fleet, by its number; a pod that comes again continues', () => {
    folder = temporaryFolder()
    const script = args[0]!
      .replaceAll('/results', folder)
      .replace('exec node /opt/oobe/node_modules/oobe-sim/dist/oobe.js', 'echo')
    const call = () =>
      execFileSync('sh', ['-c', script], {
        encoding: 'utf8',
        env: { ...process.env, JOB_COMPLETION_INDEX: '3' },
      }).trim()
    expect(call()).toBe(`fleet /plan/plan.yaml --shard 4/${job.spec.completions} --workers 2 --out ${folder}/part-4`)
    mkdirSync(join(folder, 'part-4'))
    writeFileSync(join(folder, 'part-4', 'fleet.json'), '{}')
    expect(call()).toMatch(/--out \S+\/part-4 --resume$/)
  })
})

test('the container file has no fault that its linter knows', () => {
  expect(validate(read('Containerfile'))).toEqual([])
  expect(validate('FROM node\nRUNN npm ci\n').length).toBeGreaterThan(0)
  const last = read('Containerfile')
    .split('\n')
    .findLast((line) => line.startsWith('USER'))
  expect(last).toBe('USER node')
})

test('it takes the versions of the queue that are tested', () => {
  const { devDependencies, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>
    version: string
  }
  const text = read('Containerfile')
  expect(text).toContain(`bullmq@${devDependencies.bullmq} ioredis@${devDependencies.ioredis}`)
  expect(text).toContain(`ARCHIVE=oobe-sim-${version}.tgz`)
  expect(parseDocument(read('plan.yaml')).errors).toEqual([])
})
