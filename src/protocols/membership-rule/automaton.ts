import { malformed } from './tokens.ts'

/** A pattern, read. */
export type Node =
  | { kind: 'char'; matches: (char: string) => boolean }
  | { kind: 'start' | 'end' | 'nothing' }
  | { kind: 'sequence' | 'choice'; parts: Node[] }
  | { kind: 'repeat'; part: Node; min: number; max: number }

/** Every state is looked at for every character: a group's rule must not take seconds for a device. */
const STATES_MAX = 2_000

/** States of a non-deterministic automaton (Thompson). */
type Step =
  | { kind: 'char'; matches: (char: string) => boolean }
  | { kind: 'start' | 'end' | 'found' }
  | { kind: 'jump'; to: number }
  | { kind: 'split'; first: number; second: number }

/** @throws DecodeError `ERR_MEMBERSHIP_RULE_MALFORMED` for a pattern of too many states */
export function assemble(node: Node, column: number): Step[] {
  const program: Step[] = []
  const add = (step: Step): number => {
    if (program.length >= STATES_MAX) throw malformed(column, 'in the pattern: too large')
    return program.push(step) - 1
  }
  let visits = 0
  const emit = (part: Node): void => {
    // `(){1000}{1000}` makes no state, and a million visits.
    if (++visits > STATES_MAX) throw malformed(column, 'in the pattern: too large')
    switch (part.kind) {
      case 'char':
        add(part)
        break
      case 'start':
      case 'end':
        add({ kind: part.kind })
        break
      case 'nothing':
        break
      case 'sequence':
        for (const inner of part.parts) emit(inner)
        break
      case 'choice':
        emitChoice(part.parts)
        break
      case 'repeat':
        for (let count = 0; count < part.min; count++) emit(part.part)
        if (part.max === Number.POSITIVE_INFINITY) emitLoop(part.part)
        else for (let count = part.min; count < part.max; count++) emitChoice([part.part, { kind: 'nothing' }])
        break
    }
  }
  const emitChoice = (parts: readonly Node[]): void => {
    const jumps: number[] = []
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) {
        emit(part)
        break
      }
      const split = add({ kind: 'split', first: program.length + 1, second: 0 })
      emit(part)
      jumps.push(add({ kind: 'jump', to: 0 }))
      program[split] = { kind: 'split', first: split + 1, second: program.length }
    }
    for (const jump of jumps) program[jump] = { kind: 'jump', to: program.length }
  }
  const emitLoop = (part: Node): void => {
    const split = add({ kind: 'split', first: program.length + 1, second: 0 })
    emit(part)
    add({ kind: 'jump', to: split })
    program[split] = { kind: 'split', first: split + 1, second: program.length }
  }
  emit(node)
  add({ kind: 'found' })
  return program
}

/** All states at once, a character at a time: linear in text and pattern. */
export function run(program: readonly Step[], text: string): boolean {
  let current = new Set<number>()
  for (let at = 0; at <= text.length; at++) {
    // The match may begin anywhere.
    if (follow(program, current, 0, at, text.length)) return true
    if (at === text.length) return false
    const next = new Set<number>()
    for (const state of current) {
      const step = program[state]!
      if (step.kind === 'char' && step.matches(text[at]!) && follow(program, next, state + 1, at + 1, text.length))
        return true
    }
    current = next
  }
  return false
}

/** Adds a state and all that it leads to without a character; true when the end is among them. */
function follow(program: readonly Step[], states: Set<number>, from: number, at: number, length: number): boolean {
  const open = [from]
  while (open.length > 0) {
    const state = open.pop()!
    if (states.has(state)) continue
    states.add(state)
    const step = program[state]!
    if (step.kind === 'found') return true
    if (step.kind === 'jump') open.push(step.to)
    if (step.kind === 'split') open.push(step.first, step.second)
    if ((step.kind === 'start' && at === 0) || (step.kind === 'end' && at === length)) open.push(state + 1)
  }
  return false
}
