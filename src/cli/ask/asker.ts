import type { JournalEntry } from '../../domain/journal.ts'
import { CHORDS } from '../../domain/key-chords.ts'
import type { Screen } from '../../domain/screen.ts'
import type { Stimulus } from '../../domain/stimulus.ts'
import { shownBy } from '../../domain/view.ts'
import type { Run } from '../../run/run.ts'
import { nearest } from '../../scenario/nearest.ts'
import { type FrameWords, frameWords } from '../../texts/frame-words.ts'
import { endText } from '../../ui/end-text.ts'
import { announced, newsOf } from './announced.ts'
import { askedAs, type Question, questionsOf, replyTo } from './questions.ts'
import type { TypedLines } from './typed-lines.ts'

/** What is needed of a run. */
export type AskedRun = Pick<Run, 'apply' | 'refusal' | 'view'> & { journal: Pick<Run['journal'], 'onEntry'> }

const MOVES: Readonly<Record<string, Stimulus>> = {
  'cable in': { kind: 'cable', position: 'in' },
  'cable out': { kind: 'cable', position: 'out' },
  'wifi on': { kind: 'radio', position: 'on' },
  'wifi off': { kind: 'radio', position: 'off' },
  'lid open': { kind: 'lid', position: 'open' },
  'lid closed': { kind: 'lid', position: 'closed' },
  'power on': { kind: 'power', position: 'on' },
  'power off': { kind: 'power', position: 'off' },
}

/** Commands are the same in each language, as those of a shell. */
const COMMANDS = ['keys NAME', ...Object.keys(MOVES)].map((command) => `:${command}`).join(', ')

const helpIn = ({ howToAnswer, commands, keyNames }: FrameWords['ask']): string[] => [
  howToAnswer,
  commands({ commands: COMMANDS }),
  keyNames({ names: CHORDS.join(', ') }),
]

/** Reads pages out and asks for answers, line by line: what was written stays as it is. */
export class Asker {
  readonly #run: AskedRun
  readonly #lines: TypedLines
  readonly #say: (line: string) => void
  readonly #onEnd: (why: string) => void
  #screen: Screen | null = null
  #words = frameWords()
  #asked = ''
  /** Counts on with each page that asks: a question of before is over. */
  #round = 0
  /** The round in which a button was pressed, until that has happened. */
  #pressed: number | undefined

  /** @param onEnd called when a page waits and no line comes any more */
  constructor(run: AskedRun, lines: TypedLines, say: (line: string) => void, onEnd: (why: string) => void) {
    this.#run = run
    this.#lines = lines
    this.#say = say
    this.#onEnd = onEnd
    run.journal.onEntry((entry) => this.#take(entry))
  }

  /** A page waits for a line. */
  isAsking = false

  #take(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'screen':
        if ('screen' in entry) this.#show(entry.screen, entry.isWaiting === true)
        break
      case 'stimulus':
        // It is carried out behind this line of the journal, before anything else.
        if (entry.by === 'terminal') void Promise.resolve().then(() => this.#settle())
        break
      case 'power':
        this.#stopAsking()
        this.#screen = null
        this.#say([this.#words.ask[entry.event], ...(entry.reason ? [entry.reason] : [])].join(', '))
        // A device that was reset has forgotten what was chosen.
        if (entry.event === 'reset') this.#words = frameWords()
        break
      case 'outcome':
        this.#stopAsking()
        this.#say(this.#words.ask.ended({ outcome: endText(entry.outcome, this.#words.ends) }))
        break
      default:
        break
    }
  }

  #show(screen: Screen, isWaiting: boolean): void {
    this.#words = frameWords(screen.language)
    for (const line of newsOf(screen, this.#screen)) this.#say(line)
    this.#screen = screen
    const questions = isWaiting ? questionsOf(screen) : []
    const asked = JSON.stringify([screen.page, screen.step, questions])
    // News of a page do not take a question away that it still has.
    if (this.isAsking && asked === this.#asked) return
    this.#stopAsking()
    if (questions.length === 0) return
    this.#asked = asked
    this.isAsking = true
    void this.#ask(screen, questions, this.#round)
  }

  #stopAsking(): void {
    this.#round++
    this.isAsking = false
    this.#lines.forget()
  }

  async #ask(screen: Screen, questions: readonly Question[], round: number): Promise<void> {
    const values: Record<string, string> = {}
    for (const question of questions) {
      const reply = await this.#answerTo(question, round)
      if (reply === undefined) return
      if ('value' in reply) {
        if (question.kind !== 'press') values[question.control.id] = reply.value
        continue
      }
      this.#pressed = round
      this.#run.apply({ kind: 'press', page: screen.page, control: reply.press, values }, 'terminal')
    }
  }

  /** Undefined when the question is over, or no line comes any more. */
  async #answerTo(question: Question, round: number): Promise<{ value: string } | { press: string } | undefined> {
    for (const line of askedAs(question, this.#words.ask)) this.#say(line)
    for (;;) {
      const isSecret = question.kind === 'field' && question.control.kind === 'secret'
      const typed = await this.#lines.next(isSecret)
      if (round !== this.#round) {
        this.#lines.unread(typed)
        return undefined
      }
      if (typed === null) {
        this.#onEnd(this.#words.ask.inputEnded)
        return undefined
      }
      if (question.kind !== 'field' && this.#command(typed)) {
        if (round !== this.#round) return undefined
        continue
      }
      const reply = replyTo(question, typed, this.#words.ask)
      if (!('refused' in reply)) return reply
      for (const line of reply.refused) this.#say(line)
    }
  }

  /** What was done has happened. A page that it did not change asks once more. */
  #settle(): void {
    const why = this.#run.refusal('terminal')
    if (why !== undefined) this.#say(why)
    const isSame = this.#pressed === this.#round && this.isAsking
    this.#pressed = undefined
    // Between two pages the last one is still on the screen, and takes nothing.
    if (!isSame || shownBy(this.#run.view)?.waitsForPerson !== true) return
    this.#stopAsking()
    this.#show(this.#screen!, true)
  }

  /** True when the line was one. */
  #command(typed: string): boolean {
    const line = typed.trim()
    if (line === '?') {
      for (const one of [...announced(this.#screen!), ...helpIn(this.#words.ask)]) this.#say(one)
      return true
    }
    if (!line.startsWith(':')) return false
    const words = line.slice(1).trim()
    const keys = /^keys\s+(.+)$/.exec(words)?.[1]
    const chord = CHORDS.find((one) => one.toLowerCase() === keys?.toLowerCase())
    const move: Stimulus | undefined = chord ? { kind: 'keyChord', keys: chord } : MOVES[words.toLowerCase()]
    if (move) this.#run.apply(move, 'terminal')
    else {
      const like = nearest(words, [...Object.keys(MOVES), ...CHORDS.map((one) => `keys ${one}`)])
      const { unknownCommand, listed, didYouMean } = this.#words.ask
      this.#say(`${unknownCommand({ typed: words })} ${like === undefined ? listed : didYouMean({ name: `:${like}` })}`)
    }
    return true
  }
}
