import type { Branding } from '../domain/autopilot.ts'
import type { Brand, ButtonControl, Line, Screen } from '../domain/screen.ts'

/** A screen without its page: the catalogue knows which. */
export type Draft = Omit<Screen, 'page' | 'why'> & Partial<Pick<Screen, 'why'>>

export const line = (text: string, tone: Line['tone'] = 'normal'): Line => ({ text, tone })
export const detail = (text: string): Line => line(text, 'detail')
export const complaint = (text: string): Line => line(text, 'error')

export const primary = (id: string, label: string, event: string): ButtonControl => ({
  id,
  kind: 'button',
  label,
  event,
  primary: true,
})

export const button = (id: string, label: string, event: string): ButtonControl => ({
  id,
  kind: 'button',
  label,
  event,
})

export const BACK = button('back', 'Back', 'user.back')

export function brandOf(branding: Branding | null | undefined): { brand?: Brand } {
  return branding ? { brand: { ...branding } } : {}
}

/** A page that only says that something is being done. */
export const working = (title: string, ...body: Line[]): Draft => ({ title, body, controls: [], progress: {} })
