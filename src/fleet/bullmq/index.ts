export { bullmqEngine } from './engine.ts'
export { bullmqWorker } from './worker.ts'
