'use client'

import type { WireSpan } from '@clew/semconv/span'
import { formatClock, formatCount, formatDuration, formatElapsed, formatMoney } from '@clew/domain/format'
import { Payload } from '#ui/payload.tsx'
import { kindLabel } from '#ui/kind-icon.tsx'
import { agentLabel, endOf, isOpen, nodeLabel, readableText } from '@clew/domain/story'
import type { RunModel, RunNode } from '@clew/domain/story'
import { CopyText, ToolCallView, Words } from './message-list.tsx'
import { Facts, Section } from './section.tsx'

export interface InspectorTabProps {
  node: RunNode
  /** The whole span once it has been fetched, its preview until then. */
  span: WireSpan
  isWhole: boolean
  model: RunModel
  nowMs: number
  streamed: string | undefined
  onSelect: (node: RunNode) => void
}

/** What a person wants first of a span: what went wrong, what went in and out, what it took. */
export function OverviewTab(props: InspectorTabProps) {
  const { node, span, model, onSelect } = props
  return (
    <>
      {node.isFailed ? <Failure span={span} /> : null}
      <Matter {...props} />
      <Section label="What it took">
        <Facts facts={figuresOf(props)} />
      </Section>
      <Section label="Where it stands">
        <Facts facts={placeOf({ node, span, model })} />
        {node.parent === undefined ? null : (
          <p className="small t2 mt-2">
            Inside{' '}
            <button
              type="button"
              className="link"
              onClick={() => node.parent !== undefined && onSelect(node.parent)}
            >
              {nodeLabel(node.parent)}
            </button>
          </p>
        )}
      </Section>
    </>
  )
}

function Failure({ span }: { span: WireSpan }) {
  const stack = span.events.find((event) => event.name === 'exception')?.attributes['exception.stacktrace']
  return (
    <Section label={<span className="st-fail">{span.errorType ?? 'What went wrong'}</span>}>
      <p className="prose inspector-answer">
        {span.errorMessage ?? span.statusMessage ?? 'It failed without a message.'}
      </p>
      {typeof stack === 'string' ? (
        <details className="mt-2">
          <summary className="small t3">Stack</summary>
          <Payload text={stack} mime="text/plain" />
        </details>
      ) : null}
    </Section>
  )
}

/** Input and output in the shape that suits the kind. */
function Matter({ span, streamed }: InspectorTabProps) {
  const given = span.tool?.arguments ?? span.input
  const result = span.tool?.result ?? span.output ?? streamed
  const calls = span.outputToolCalls ?? []
  if (span.kind === 'LLM') {
    return (
      <>
        {result === undefined || result === '' ? null : (
          <Section
            label={streamed !== undefined && span.output === undefined ? 'Writing' : 'Answer'}
            end={<CopyText text={result} />}
          >
            <Words text={readableText(result)} />
          </Section>
        )}
        {calls.length === 0 ? null : (
          <Section label="Asked for">
            <div className="grid gap-2">
              {calls.map((call, i) => (
                <ToolCallView key={call.id ?? i} call={call} />
              ))}
            </div>
          </Section>
        )}
      </>
    )
  }
  const isCall = span.kind === 'TOOL'
  return (
    <>
      {given === undefined ? null : (
        <Section
          label={isCall ? 'Arguments' : span.kind === 'APPROVAL' ? 'Asked' : 'Input'}
          end={<CopyText text={given} />}
        >
          <Words text={isCall ? given : readableText(given)} mime={span.inputMime} />
        </Section>
      )}
      {result === undefined ? null : (
        <Section label={isCall ? 'Result' : 'Output'} end={<CopyText text={result} />}>
          <Words text={isCall ? result : readableText(result)} mime={span.outputMime} />
        </Section>
      )}
    </>
  )
}

type FactList = readonly (readonly [string, string | undefined])[]

function figuresOf({ node, span, model, nowMs }: InspectorTabProps): FactList {
  const lasted = endOf(node, nowMs) - node.startMs
  const { usage, cost } = span
  const unpriced = cost?.source === 'unpriced' ? 'the model has no price' : undefined
  return [
    [
      'Started',
      `${formatClock(model.startEpochMs + node.startMs, 'ms')}, ${formatDuration(node.startMs)} in`,
    ],
    [
      'Took',
      isOpen(node)
        ? `${formatElapsed(lasted)} so far`
        : node.endMs === undefined
          ? 'its end never arrived'
          : formatDuration(lasted),
    ],
    [
      'First words',
      span.timeToFirstTokenMs === undefined ? undefined : `after ${formatDuration(span.timeToFirstTokenMs)}`,
    ],
    [
      'Input',
      usage?.input === undefined ? undefined : withPart(usage.input, usage.cacheRead, 'from the cache'),
    ],
    [
      'Output',
      usage?.output === undefined ? undefined : withPart(usage.output, usage.reasoning, 'reasoning'),
    ],
    ['Cost', cost === undefined ? undefined : (unpriced ?? costText(span))],
    ['By the price list', priceText(span)],
    ['Model', span.model],
    ['Asked for model', span.requestModel === span.model ? undefined : span.requestModel],
    ['Provider', span.provider],
    ['Stopped by', span.finishReason ?? span.stopReason],
    ['Waited for', span.approval?.waitMs === undefined ? undefined : formatDuration(span.approval.waitMs)],
    ['Budget', budgetText(span)],
  ]
}

function placeOf({ node, span, model }: { node: RunNode; span: WireSpan; model: RunModel }): FactList {
  const agent = node.agent === undefined ? undefined : agentLabel(node.agent)
  const others = node.duplicates.map((other) => other.scope).join(', ')
  return [
    ['Kind', kindLabel(span.kind)],
    ['Span', span.name === nodeLabel(node) ? undefined : span.name],
    [
      'Agent',
      agent === undefined
        ? undefined
        : `${agent}${span.agent?.version === undefined ? '' : `@${span.agent.version}`}`,
    ],
    ['Decision', span.decision?.summary ?? span.approval?.decision],
    ['By', span.approval?.by],
    ['Policy', span.policy?.result],
    [
      'Try',
      span.retry?.attempt === undefined
        ? undefined
        : `${span.retry.attempt}${span.retry.reason === undefined ? '' : `, ${span.retry.reason}`}`,
    ],
    ['Outcome', span.outcome],
    ['Evidence', span.evidence?.join(', ')],
    [
      'Prompt',
      span.prompt?.name === undefined ? undefined : `${span.prompt.name} ${span.prompt.version ?? ''}`,
    ],
    [
      'Service',
      span.serviceName === undefined ? undefined : `${span.serviceName} ${span.serviceVersion ?? ''}`,
    ],
    ['Environment', span.environment],
    ['User', span.userId],
    ['Recorded by', `${span.scope}${span.scopeVersion === undefined ? '' : ` ${span.scopeVersion}`}`],
    ['And again by', others === '' ? undefined : `${others}; counted once`],
    ['Parent', span.parentMissing === true ? 'named, but never arrived' : undefined],
    ['Clock', clockText(span)],
    ['Run', node === model.roots[0] ? 'the root of it' : undefined],
  ]
}

/** The times are shown as they came; this says that they can't all be right. */
function clockText({ clockSkew }: WireSpan): string | undefined {
  if (clockSkew === undefined) return undefined
  const { beforeParentNs, afterReceiptNs } = clockSkew
  const said = [
    ...(beforeParentNs === undefined ? [] : [`starts ${durationText(beforeParentNs)} before its parent`]),
    ...(afterReceiptNs === undefined ? [] : [`ends ${durationText(afterReceiptNs)} after it was received`]),
  ]
  return `${said.join(', ')}: clocks disagree`
}

function durationText(ns: string): string {
  return formatDuration(Number(BigInt(ns) / 1_000_000n))
}

function withPart(count: number, part: number | undefined, what: string): string {
  const all = `${formatCount(count)} tokens`
  return part === undefined || part === 0 ? all : `${all}, ${formatCount(part)} of them ${what}`
}

function costText(span: WireSpan): string | undefined {
  const { cost } = span
  if (cost === undefined) return undefined
  const money = formatMoney(cost)
  return money === undefined
    ? undefined
    : `${money}, ${cost.source === 'reported' ? 'as the app reported' : `from prices ${cost.priceVersion ?? ''}`}`
}

/** Beside what the app reported, what its tokens cost by the price in force. */
function priceText({ computedCost }: WireSpan): string | undefined {
  const money = computedCost === undefined ? undefined : formatMoney(computedCost)
  return money === undefined ? undefined : `${money}, from prices ${computedCost?.priceVersion ?? ''}`
}

function budgetText(span: WireSpan): string | undefined {
  const { budget } = span
  if (budget?.limit === undefined) return undefined
  return `${budget.name ?? 'budget'}: ${formatCount(budget.used ?? 0)} of ${formatCount(budget.limit)}`
}
