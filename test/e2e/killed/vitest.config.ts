import { defineConfig } from 'vitest/config'

/** A runner for a test to kill: it starts the scene, and is guarded as the real one is. */
export default defineConfig({
  test: {
    include: ['test/e2e/killed/scene.ts'],
    globalSetup: ['test/leave-nothing.ts'],
    testTimeout: 120_000,
  },
})
