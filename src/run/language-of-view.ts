import { languageOf, type OobeContext } from '../../machines/oobe/oobe-context.ts'
import { type LanguageId, languageOfTag } from '../domain/languages.ts'
import { contextOf, type View } from '../domain/view.ts'

/** The language of the pages: chosen, preset by the profile on a wire, or the first that is installed. */
export function languageOfView(view: View): LanguageId {
  const oobe = contextOf<OobeContext>(view, 'oobe')
  return oobe ? languageOfTag(languageOf(oobe)) : 'en'
}
