/** Unix milliseconds, of this machine: for servers and for devices that talk to real ones. Never for a journal that is to be the same twice. */
export const wallClock = (): number => Date.now()
