/**
 * The tests that see the whole, start other programs, or take long. All others are the lane `unit`: in the process of the test runner,
 * without a build, over in seconds. `test/lanes.test.ts` holds it.
 */
export const LANES = {
  /** The program: called, built and started, in a terminal, as a package; and whole runs. */
  program: [
    'test/build/*.test.ts',
    'test/cli/*.test.ts',
    'test/contract/msal.test.ts',
    'test/contract/transports.test.ts',
    'test/docs/*.test.ts',
    'test/doctor/*.test.ts',
    'test/e2e/*.test.ts',
    'test/explore/!(every-way|mutants).test.ts',
    'test/hostile/*.test.ts',
    'test/import/round-trip.test.ts',
    'test/inspect/watched-run.test.ts',
    'test/journal/canary.test.ts',
    'test/run/invariants.test.ts',
    'test/run/replay.test.ts',
    'test/scenarios.test.ts',
    'test/simulation/!(key-policy).test.ts',
  ],
  /** Have a program for a judge that is not ours: openssl, python3, unzip, libwbxml, swtpm with tpm2-tools. */
  foreign: [
    'test/contract/device-join.test.ts',
    'test/contract/foreign-*.test.ts',
    'test/contract/plain-*.test.ts',
    'test/contract/tpm/*.test.ts',
    'test/ports/target-transport.test.ts',
    'test/protocols/cms/enveloped-data.test.ts',
    'test/protocols/cms/signed-data.test.ts',
    'test/protocols/pkcs12/pfx.test.ts',
    'test/protocols/entra/device-bound-token.test.ts',
    'test/protocols/ms-wstep/renewal-request.test.ts',
    'test/protocols/wbxml/libwbxml.test.ts',
    'test/protocols/zip/encode.test.ts',
    'test/scenario/target.test.ts',
    'test/actors/signed-session.test.ts',
    'test/service/oma-dm/wbxml.test.ts',
    'test/service/enrollment/enroll.test.ts',
    'test/simulation/key-policy.test.ts',
  ],
  /** Sweeps, mutants, and a fleet whose parts are killed: a sample of each is what CI runs. */
  long: ['test/explore/every-way.test.ts', 'test/explore/mutants.test.ts', 'test/fleet/nothing-lost.test.ts'],
}
