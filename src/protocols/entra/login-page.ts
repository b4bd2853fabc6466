import { escapeHtml } from '../../domain/html-text.ts'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAnswer, flag, object, optional, optionalList, text } from '../json-answer.ts'

/** What the sign-in page carries for its script: `$Config` of the real page, as far as a client needs it. */
export interface LoginPage {
  /** Where the form goes. */
  urlPost: string
  /** Flow token and context, sent back with the form. */
  flowToken: string
  context: string
  /** AADSTS number of what went wrong with the form before, for example `50126`. */
  errorCode?: string
  /** The page asks for a new password. */
  changesPassword?: boolean
  /** The page asks for a second proof of identity. */
  proof?: ProofRequest
  /** `sFidoChallenge`: what a security key signs. */
  challenge?: string
}

/** The page of a second factor (`ConvergedTFA`): what the person has, and where it is asked for. */
export interface ProofRequest {
  /** Authentication methods by their ids, the default one first: `PhoneAppNotification`. */
  methods: string[]
  urlBegin: string
  urlEnd: string
}

/** The page as HTML, with a plain form for a browser in which a person signs in. The configuration is JSON in a script, with `<` escaped so that no text can end it. */
export function encodeLoginPage({
  urlPost,
  flowToken,
  context,
  errorCode,
  proof,
  changesPassword,
  challenge,
}: LoginPage): string {
  const config = {
    urlPost,
    sFT: flowToken,
    sCtx: context,
    ...(errorCode ? { sErrorCode: errorCode } : {}),
    ...(challenge ? { sFidoChallenge: challenge } : {}),
    ...(changesPassword ? { pgid: 'ConvergedChangePassword' } : {}),
    ...(proof
      ? {
          pgid: 'ConvergedTFA',
          arrUserProofs: proof.methods.map((authMethodId, index) => ({ authMethodId, isDefault: index === 0 })),
          urlBeginAuth: proof.urlBegin,
          urlEndAuth: proof.urlEnd,
        }
      : {}),
  }
  const json = JSON.stringify(config).replaceAll('<', '\\u003c')
  return `<!DOCTYPE html><html><head><title>Sign in to your account</title><script>//<![CDATA[\n$Config=${json};\n//]]></script></head><body>${proof ? '' : formOf({ urlPost, flowToken, context, ...(errorCode ? { errorCode } : {}) })}</body></html>`
}

function formOf({ urlPost, flowToken, context, errorCode }: LoginPage): string {
  const hidden = Object.entries({ flowToken, ctx: context, type: '11' }).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  )
  const wrong = errorCode === undefined ? '' : `<p>AADSTS${escapeHtml(errorCode)}</p>`
  const fields = `<p><input name="login" placeholder="Email"></p><p><input type="password" name="passwd"></p>`
  return `${wrong}<form method="post" action="${escapeHtml(urlPost)}">${hidden.join('')}${fields}<button>Sign in</button></form>`
}

const MALFORMED = 'ERR_ENTRA_LOGIN_PAGE_MALFORMED'

const CONFIG = object({
  urlPost: text,
  sFT: text,
  sCtx: text,
  sErrorCode: optional(text),
  pgid: optional(text),
  sFidoChallenge: optional(text),
  arrUserProofs: optionalList(object({ authMethodId: text, isDefault: flag })),
  urlBeginAuth: optional(text),
  urlEndAuth: optional(text),
})

/** Finds the configuration in the page. Nothing of the page is run. @throws DecodeError `ERR_ENTRA_LOGIN_PAGE_MALFORMED` */
export function decodeLoginPage(html: Uint8Array | string): LoginPage {
  const page = typeof html === 'string' ? html : new TextDecoder().decode(html)
  const start = page.indexOf('$Config=')
  const end = page.indexOf(';\n//]]>', start)
  if (start < 0 || end < 0) throw new DecodeError(MALFORMED, 'the page has no $Config')
  const json = decodeAnswer(page.slice(start + '$Config='.length, end), CONFIG, MALFORMED)
  const { sErrorCode: errorCode, arrUserProofs: proofs = [], urlBeginAuth: urlBegin, urlEndAuth: urlEnd } = json
  const byDefault = [...proofs].sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
  if (proofs.length > 0 && (urlBegin === undefined || urlEnd === undefined)) {
    throw new DecodeError(MALFORMED, `${urlBegin === undefined ? 'urlBeginAuth' : 'urlEndAuth'} is missing`)
  }
  return {
    urlPost: json.urlPost,
    flowToken: json.sFT,
    context: json.sCtx,
    ...(errorCode ? { errorCode } : {}),
    ...(json.sFidoChallenge ? { challenge: json.sFidoChallenge } : {}),
    ...(json.pgid === 'ConvergedChangePassword' ? { changesPassword: true } : {}),
    ...(proofs.length > 0
      ? { proof: { methods: byDefault.map(({ authMethodId }) => authMethodId), urlBegin: urlBegin!, urlEnd: urlEnd! } }
      : {}),
  }
}
