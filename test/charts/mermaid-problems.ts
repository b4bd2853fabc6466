const LINES = {
  begins: /^state "[^"]+" as (\w+) \{$/,
  ends: /^\}$/,
  declares: /^state "[^"]+" as (\w+)$/,
  describes: /^(\w+) : \S.*$/,
  arrow: /^(\w+|\[\*\]) --> (\w+|\[\*\])(?: : \S.*)?$/,
  parts: /^--$/,
}

/** What Mermaid would refuse in a state diagram, or draw wrongly. The project does without Mermaid itself: it is large. */
export function problemsOf(text: string): string[] {
  const [head, ...lines] = text.split('\n')
  const problems = head === 'stateDiagram-v2' ? [] : [`begins with ${head}`]
  /** States by id, each with those that hold it. */
  const holders = new Map<string, string[]>()
  const arrows: { line: string; ends: string[]; within: string | undefined }[] = []
  const described: string[] = []
  const open: string[] = []
  const declare = (id: string): void => {
    if (holders.has(id)) problems.push(`${id} is declared twice`)
    holders.set(id, [...open])
  }
  for (const line of lines.map((one) => one.trim())) {
    const [begins, declares, describes, arrow] = [
      LINES.begins.exec(line),
      LINES.declares.exec(line),
      LINES.describes.exec(line),
      LINES.arrow.exec(line),
    ]
    if (begins) {
      declare(begins[1]!)
      open.push(begins[1]!)
    } else if (LINES.ends.test(line)) {
      if (open.pop() === undefined) problems.push('a brace too many')
    } else if (declares) declare(declares[1]!)
    else if (describes) described.push(describes[1]!)
    else if (arrow) {
      arrows.push({ line, ends: arrow.slice(1, 3).filter((end) => end !== '[*]') as string[], within: open.at(-1) })
    } else if (!LINES.parts.test(line) || open.length === 0) problems.push(`no line of a diagram: ${line}`)
  }
  if (open.length > 0) problems.push(`${open.join(', ')} has no end`)
  for (const id of described) if (!holders.has(id)) problems.push(`${id} is described, and not declared`)
  for (const { line, ends, within } of arrows) {
    const missing = ends.find((id) => !holders.has(id))
    if (missing !== undefined) problems.push(`${line}: there is no ${missing}`)
    else if (innermost(ends.map((id) => holders.get(id)!)) !== within) problems.push(`${line}: is in the wrong place`)
    else if (ends.some((id) => ends.some((other) => holders.get(other)!.includes(id)))) {
      problems.push(`${line}: leads into itself`)
    }
  }
  return problems
}

const innermost = ([first = [], ...rest]: string[][]): string | undefined =>
  first.findLast((id, index) => rest.every((other) => other[index] === id))
