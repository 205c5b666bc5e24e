import { defaultRules, emailRule } from '@clew/privacy'

/** One kind of secret that is taken out, in words for a person. */
export interface SecretKind {
  /** As it stands in the marker `[redacted:<rule>]` and in the ledger of a span. */
  rule: string
  title: string
  /** What it looks like. */
  looks: string
}

const words: Readonly<Record<string, readonly [title: string, looks: string]>> = {
  'private-key': ['Private keys', '-----BEGIN … PRIVATE KEY-----'],
  'anthropic-key': ['Anthropic keys', 'sk-ant-…'],
  'openrouter-key': ['OpenRouter keys', 'sk-or-…'],
  'langfuse-key': ['Langfuse keys', 'sk-lf-…'],
  'openai-key': ['OpenAI keys', 'sk-…, sk-proj-…'],
  'google-key': ['Google API keys', 'AIza…'],
  'aws-key': ['AWS access keys', 'AKIA…, ASIA…'],
  'github-token': ['GitHub tokens', 'ghp_…, github_pat_…'],
  'gitlab-token': ['GitLab tokens', 'glpat-…'],
  'slack-token': ['Slack tokens', 'xoxb-…, xapp-…'],
  'slack-webhook': ['Slack webhooks', 'hooks.slack.com/services/…'],
  'stripe-key': ['Stripe keys', 'sk_live_…, whsec_…'],
  'huggingface-token': ['Hugging Face tokens', 'hf_…'],
  'model-provider-key': ['Other model providers', 'gsk_…, xai-…, pplx-…, r8_…'],
  'registry-token': ['Registry tokens', 'npm_…, pypi-…, dckr_pat_…'],
  'sendgrid-key': ['SendGrid keys', 'SG.…'],
  'twilio-key': ['Twilio keys', 'SK and 32 hex digits'],
  'digitalocean-token': ['DigitalOcean tokens', 'dop_v1_…'],
  'telegram-token': ['Telegram bot tokens', '123456789:AA…'],
  jwt: ['JSON web tokens', 'eyJ….eyJ….…'],
  'bearer-token': ['Bearer tokens', 'Bearer …'],
  'basic-credentials': ['Basic credentials', 'Basic …, a user and password'],
  'connection-password': ['Passwords in addresses', 'postgres://user:…@host'],
  credential: ['Assigned credentials', 'password=…, "api_key": "…"'],
  'card-number': ['Card numbers', '13 to 19 digits that check'],
  email: ['E-mail addresses', 'someone@example.com'],
}

/** What is taken out of everything that comes in, in the order in which it is looked for. */
export function listSecretKinds(): SecretKind[] {
  return defaultRules.map(({ name }) => toSecretKind(name))
}

/** Rules of an app's own have a name and nothing more. */
export function toSecretKind(rule: string): SecretKind {
  const [title, looks] = words[rule] ?? [rule, '']
  return { rule, title, looks }
}

/** The kinds that an app can have taken out on top. */
export function listFurtherKinds(): SecretKind[] {
  return [toSecretKind(emailRule.name)]
}
