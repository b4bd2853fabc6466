import type { Row } from './row.ts'

/** A part of a card that can be drawn at several heights. */
export interface Section {
  min: number
  max: number
  /** The order in which parts get rows beyond their least: 0 first. */
  priority: number
  /** Exactly `height` rows, or fewer. */
  draw(height: number): Row[]
}

export const fixed = (rows: Row[]): Section => ({ min: rows.length, max: rows.length, priority: 0, draw: () => rows })

/** Rows for each section, and whether a blank row is above each: all or none. */
export function share(sections: Section[], height: number): { heights: number[]; isSpaced: boolean } {
  const heights = sections.map(({ min }) => min)
  let left = height - heights.reduce((sum, value) => sum + value, 0)
  const give = (priority: number) => {
    sections.forEach((section, index) => {
      if (section.priority !== priority || left <= 0) return
      const extra = Math.min(left, section.max - section.min)
      heights[index] = section.min + extra
      left -= extra
    })
  }
  give(0)
  const gaps = sections.length
  const isSpaced = left >= gaps
  if (isSpaced) left -= gaps
  for (const priority of [1, 2]) give(priority)
  return { heights, isSpaced }
}
