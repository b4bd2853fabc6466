import { VERSION } from '../../run/version.ts'
import { schemaPlaces } from '../schema-command.ts'

/** A file of a new project, by its path from the first folder. */
export interface ProjectFile {
  file: string
  text: string
}

const CONFIG = `# yaml-language-server: $schema=./oobe.config.schema.json
# Settings of "oobe run" in this folder. All are in docs/authoring.md of oobe-sim.
folders:
  scenarios: scenarios
  results: oobe-results
# What a scenario has where it names nothing else.
defaults:
  device: surface-laptop-se
  tenant: contoso-school
  seed: 1
reporters: [list]
`

const SCENARIO = `# yaml-language-server: $schema=./scenario.schema.json
# The first boot as it should be. Begin here: change a fact, play it with "oobe run", and see what is another one.
title: A student sets up a laptop on the school Wi-Fi
device: surface-laptop-se
tenant: contoso-school
network: school-wifi
person: alice
expect:
  outcome: desktop
  account: standard
  managed: true
  within: 90m
  pages: [region, keyboard, network, signIn, enrollmentStatus, welcome, desktop]
  never: [enrollmentStatusFailure]
`

const TEST = `import { firstBoot, loadDevice, mockTenant } from "oobe-sim"
import { expect, test } from "vitest"
import "oobe-sim/vitest"

test("a student reaches the desktop on the school Wi-Fi, and never sees a failure", async () => {
  const run = await firstBoot({
    device: await loadDevice("surface-laptop-se"),
    tenant: mockTenant("contoso-school"),
    network: "school-wifi",
    person: "alice",
  })
  expect(run).toReach("desktop", { within: "90m" })
  expect(run).toFollow(["region", "network", "signIn", "enrollmentStatus", "welcome"])
  expect(run).toNever("enrollmentStatusFailure")
})
`

/** The vault of a run has its secrets: it is no artifact. */
const WORKFLOW = `name: first boot

on: [push, pull_request]

permissions:
  contents: read

jobs:
  oobe:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: npm install
      - run: npx oobe run --reporter list,github,junit
      - run: npx vitest run
      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: oobe-results
          path: |
            oobe-results
            !oobe-results/**/vault.json
`

export const PACKAGE_FILE = 'package.json'

const PACKAGE = {
  name: 'first-boot',
  private: true,
  type: 'module',
  scripts: { test: 'oobe run && vitest run' },
  devDependencies: { 'oobe-sim': VERSION, vitest: '^4.0.0' },
}

/** What a project has of its own; schemas come from what is shipped. */
export const projectFiles = (): ProjectFile[] => [
  { file: 'oobe.config.yaml', text: CONFIG },
  { file: 'scenarios/first-boot.yaml', text: SCENARIO },
  { file: 'test/first-boot.test.ts', text: TEST },
  { file: '.github/workflows/oobe.yml', text: WORKFLOW },
  ...schemaPlaces('scenarios', 'devices').map(({ file, text }) => ({ file: file.replaceAll('\\', '/'), text })),
]

/** For a folder that has none: what the test and the CI job need. */
export const packageFile = (): ProjectFile => ({ file: PACKAGE_FILE, text: `${JSON.stringify(PACKAGE, null, 2)}\n` })
