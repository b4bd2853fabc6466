import type { JournalEntry } from '../../../domain/journal.ts'
import type { DrawnChart } from '../drawn-chart.ts'
import type { RunFacts } from '../report.ts'

/** All that the file brings along. */
export interface ReportData {
  facts: RunFacts[]
  charts: DrawnChart[]
  entriesOf(run: number): Promise<JournalEntry[]>
}

export async function readData(): Promise<ReportData> {
  const runs = textOf('runs').split(' ')
  const lines = unpacked(textOf('lines')).then((text) => text.split('\n'))
  return {
    facts: JSON.parse(await unpacked(textOf('facts'))) as RunFacts[],
    charts: JSON.parse(await unpacked(textOf('charts'))) as DrawnChart[],
    async entriesOf(run) {
      const all = await lines
      const text = await unpacked(runs[run] ?? '')
      if (text === '') return []
      return text.split('\n').map((entry) => {
        const [at, seq, line] = entry.split(' ')
        return JSON.parse(`{"at":${at},"seq":${seq},${all[Number(line)]!.slice(1)}`) as JournalEntry
      })
    },
  }
}

const textOf = (id: string): string => document.getElementById(`data-${id}`)?.textContent ?? ''

async function unpacked(base64: string): Promise<string> {
  if (base64 === '') return ''
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}
