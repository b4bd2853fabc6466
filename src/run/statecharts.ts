import type { AnyStateMachine } from 'xstate'

/** A statechart with all that it runs, and what those run: itself first, each once. */
export function statechartsFrom(machine: AnyStateMachine): AnyStateMachine[] {
  const found = new Set<AnyStateMachine>()
  const walk = (one: AnyStateMachine): void => {
    if (found.has(one)) return
    found.add(one)
    for (const logic of Object.values(one.implementations.actors as Record<string, unknown>)) {
      if (isStatechart(logic)) walk(logic)
    }
  }
  walk(machine)
  return [...found]
}

const isStatechart = (logic: unknown): logic is AnyStateMachine =>
  typeof logic === 'object' && logic !== null && 'root' in logic && 'id' in logic
