import { onEndingSignal } from './signals.ts'

/** For runs without a terminal UI: exits in order on a signal, so that journals are kept. Returns the undoing. */
export const exitOnSignals = (): (() => void) => onEndingSignal((code) => process.exit(code))
