/**
 * How certain it is that Windows says this, in the tags of oobe-autopilot-esp.md, 0: D product documentation, S support
 * article, F field, M measured, B blog, C annotated screenshots, U no source found. `own` is what only this simulation says, `assumed`
 * what we have translated: Windows may say it with other words.
 */
export type TextTag = 'D' | 'S' | 'F' | 'M' | 'B' | 'C' | 'U' | 'own' | 'assumed'

export interface Wording<Text extends string = string> {
  /** With names in braces for what is put in: `{ssid}`. */
  readonly text: Text
  readonly tag: TextTag
  /** Section of oobe-autopilot-esp.md, where one speaks of it. */
  readonly source?: string
}

/** A wording of Windows, or one that replaces it. */
export const said = <const Text extends string>(text: Text, tag: TextTag, source?: string): Wording<Text> =>
  source === undefined ? { text, tag } : { text, tag, source }

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

/** A text as a screen gets it: with values to put in, or as it is. */
type Ready<Text extends string> =
  Names<Text> extends never ? string : (values: Readonly<Record<Names<Text>, string | number>>) => string

type Table = Readonly<Record<string, Readonly<Record<string, Wording>>>>

/** The texts of a table of wordings, by page and key. */
export type TextsOf<T extends Table> = {
  readonly [Page in keyof T]: { readonly [Key in keyof T[Page]]: Ready<T[Page][Key]['text']> }
}

/** A text with the same values to put in, in any order; otherwise the type says which ones are meant. */
type SameValues<English extends string, Text> = Text extends string
  ? [Names<English>, Names<Text>] extends [Names<Text>, Names<English>]
    ? Text
    : `puts in: ${Names<English>}`
  : never

type Plain<T extends Table> = { readonly [Page in keyof T]: { readonly [Key in keyof T[Page]]: string } }

type Checked<T extends Table, Texts extends Plain<T>> = {
  readonly [Page in keyof T]: {
    readonly [Key in keyof T[Page]]: SameValues<T[Page][Key]['text'], (Texts[Page] & Plain<T>[Page])[Key]>
  }
}

/** A table in another language: the same pages, keys and values to put in, each text `assumed`. */
export type Translation<T extends Table> = {
  readonly [Page in keyof T]: { readonly [Key in keyof T[Page]]: Wording<T[Page][Key]['text']> }
}

/** Makes the translation of a table. A key that is missing, or another value to put in, does not compile. */
export const translationOf =
  <T extends Table>() =>
  <const Texts extends Plain<T>>(texts: Texts & Checked<T, Texts>): Translation<T> =>
    Object.fromEntries(
      Object.entries(texts as Plain<T>).map(([page, keys]) => [
        page,
        Object.fromEntries(Object.entries<string>(keys).map(([key, text]) => [key, said(text, 'assumed')])),
      ]),
    ) as unknown as Translation<T>

/** Makes a table ready for screens. */
export function textsOf<const T extends Table>(table: T): TextsOf<T> {
  const ready = ({ text }: Wording) =>
    text.includes('{')
      ? (values: Record<string, string | number>) =>
          text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]))
      : text
  return Object.fromEntries(
    Object.entries(table).map(([page, wordings]) => [
      page,
      Object.fromEntries(Object.entries(wordings).map(([key, wording]) => [key, ready(wording)])),
    ]),
  ) as TextsOf<T>
}
