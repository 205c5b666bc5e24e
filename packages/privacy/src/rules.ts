import { findCardNumbers } from './card-numbers.ts'
import { findCredentialAssignments, mayAssignCredential } from './credential-assignments.ts'
import { findPrivateKeys } from './private-keys.ts'
import { patternRule, type RedactionRule } from './rule.ts'

/** An address with somebody's name before its host. */
const authority = /:\\?\/\\?\/[^\s]{0,200}@/
const hasDigit = (text: string): boolean => /\d/.test(text)

/**
 * The secrets that are redacted without being asked. Order matters: the most telling name comes first.
 * Patterns begin where a token begins (a lookbehind over the token's own alphabet), which keeps them linear.
 */
export const defaultRules: readonly RedactionRule[] = [
  { name: 'private-key', hint: 'PRIVATE KEY', find: findPrivateKeys },
  patternRule({
    name: 'anthropic-key',
    within: 'token',
    hint: /sk-ant-/,
    pattern: /(?<![\w-])sk-ant-[\w-]{16,}/,
  }),
  patternRule({
    name: 'openrouter-key',
    within: 'token',
    hint: /sk-or-/,
    pattern: /(?<![\w-])sk-or-[\w-]{20,}/,
  }),
  patternRule({
    name: 'langfuse-key',
    within: 'token',
    hint: /sk-lf-/,
    pattern: /(?<![\w-])sk-lf-[\w-]{20,}/,
  }),
  patternRule({
    name: 'openai-key',
    within: 'token',
    hint: /sk-/,
    pattern: /(?<![\w-])sk-(?:proj-|svcacct-|admin-|None-)?[\w-]{20,}/,
    accept: hasDigit,
  }),
  patternRule({
    name: 'google-key',
    within: 'token',
    hint: /AIza/,
    pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/,
  }),
  patternRule({
    name: 'aws-key',
    within: 'token',
    hint: /A(?:KIA|SIA|BIA|CCA)/,
    pattern: /(?<![A-Za-z0-9])A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}(?![A-Za-z0-9])/,
  }),
  patternRule({
    name: 'github-token',
    within: 'token',
    hint: /gh[pousr]_|github_pat_/,
    pattern: /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/,
  }),
  patternRule({
    name: 'gitlab-token',
    within: 'token',
    hint: /gl[a-z]{2,5}-/,
    pattern: /(?<![\w-])gl(?:pat|ptt|rt|cbt|dt|soat)-[\w-]{20,}/,
  }),
  patternRule({
    name: 'slack-token',
    within: 'token',
    hint: /xox|xapp-/,
    pattern: /(?<![\w-])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,}/,
  }),
  patternRule({
    name: 'slack-webhook',
    hint: 'hooks.slack',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[\w/-]{16,200})/,
  }),
  patternRule({
    name: 'stripe-key',
    within: 'token',
    hint: /[srp]k_(?:live|test)_|whsec_/,
    pattern: /(?<!\w)(?:[sr]k_(?:live|test)_\w{16,}|whsec_[\w+/=]{16,})/,
  }),
  patternRule({
    name: 'huggingface-token',
    within: 'token',
    hint: /hf_/,
    pattern: /(?<!\w)hf_[A-Za-z0-9]{30,}/,
  }),
  patternRule({
    name: 'model-provider-key',
    within: 'token',
    hint: /gsk_|xai-|pplx-|r8_|nvapi-|lsv2_|dapi|csk-|fw_|tvly-/,
    pattern:
      /(?<![\w-])(?:gsk_[A-Za-z0-9]{40,}|xai-[A-Za-z0-9]{40,}|pplx-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{37,}|nvapi-[\w-]{40,}|lsv2_[a-z]{2}_\w{30,}|dapi[0-9a-f]{32}|csk-[a-z0-9]{40,}|fw_[A-Za-z0-9]{22,}|tvly-[\w-]{28,})/,
    accept: hasDigit,
  }),
  patternRule({
    name: 'registry-token',
    within: 'token',
    hint: /npm_|pypi-|dckr_pat_/,
    pattern: /(?<![\w-])(?:npm_[A-Za-z0-9]{36}|pypi-AgEI[\w-]{50,}|dckr_pat_[\w-]{20,})/,
  }),
  patternRule({
    name: 'sendgrid-key',
    within: 'token',
    hint: /SG\./,
    pattern: /(?<![\w.-])SG\.[\w-]{16,64}\.[\w-]{16,128}/,
  }),
  patternRule({
    name: 'twilio-key',
    within: 'token',
    hint: /SK[0-9a-f]{4}/,
    pattern: /(?<!\w)SK[0-9a-f]{32}(?!\w)/,
  }),
  patternRule({
    name: 'digitalocean-token',
    within: 'token',
    hint: /do[opr]_v1_/,
    pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}/,
  }),
  patternRule({
    name: 'telegram-token',
    within: 'token',
    hint: /:AA/,
    pattern: /(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])/,
  }),
  patternRule({
    name: 'jwt',
    within: 'token',
    hint: /eyJ/,
    pattern: /(?<![\w.-])eyJ[\w-]{10,}\.eyJ[\w-]{6,}\.[\w-]*/,
  }),
  patternRule({
    name: 'bearer-token',
    within: 'token',
    hint: /bearer[ \t]/i,
    pattern: /(?<![a-z0-9])bearer[ \t]{1,4}(?<secret>[\w.~+/=-]{12,})/i,
    accept: hasDigit,
  }),
  patternRule({
    name: 'basic-credentials',
    within: 'token',
    hint: /basic[ \t]/i,
    pattern: /(?<![a-z0-9])basic[ \t]{1,4}(?<secret>[A-Za-z0-9+/]{8,4096}={0,2})(?![\w+/])/i,
    accept: isUserAndPassword,
  }),
  patternRule({
    name: 'connection-password',
    hint: (text) => text.includes('@') && authority.test(text),
    pattern:
      /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\\?\/\\?\/[^\s:@/?#"'`<>\\]{0,200}:(?<secret>[^\s@/"'`<>\\]{1,200})@/i,
    accept: (password) => !/^(?:\[redacted|\$|<|\{|\*+$)/.test(password),
  }),
  { name: 'credential', hint: mayAssignCredential, find: findCredentialAssignments },
  { name: 'card-number', within: 'number', hint: /\d(?:[ -]?\d){12}/, find: findCardNumbers },
]

/** E-mail addresses; not among the defaults, since they are often what a run is about. */
export const emailRule: RedactionRule = patternRule({
  name: 'email',
  hint: /@/,
  pattern: /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])/,
})

function isUserAndPassword(base64: string): boolean {
  try {
    return /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(atob(base64))
  } catch {
    return false
  }
}
