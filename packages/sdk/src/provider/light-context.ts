import { createContextKey } from '@opentelemetry/api'
import type { Context, Span } from '@opentelemetry/api'

const brand = Symbol.for('clew.context')

// OpenTelemetry interns context keys by this text. Were it another one day, the span would be kept like the rest.
const spanKey = createContextKey('OpenTelemetry Context Key SPAN')

const unset = Symbol('unset')

/**
 * OpenTelemetry's context, light to derive from: its own copies a map and makes three functions for each value that
 * is set, which is a tenth of what a span costs. The span is set for every span and has a place of its own; few
 * other values are ever set, so two short lists do.
 */
export class LightContext implements Context {
  readonly #base: Context
  readonly #span: unknown
  readonly #keys: readonly symbol[]
  readonly #values: readonly unknown[]

  private constructor(base: Context, span: unknown, keys: readonly symbol[], values: readonly unknown[]) {
    this.#base = base
    this.#span = span
    this.#keys = keys
    this.#values = values
  }

  /** The context itself, or one on top of it where it is another's. */
  static from(context: Context): Context {
    return brand in context ? context : new LightContext(context, unset, none, none)
  }

  /** As `trace.setSpan`, in one step also where the context is another's. */
  static setSpan(context: Context, span: Span): Context {
    return brand in context ? context.setValue(spanKey, span) : new LightContext(context, span, none, none)
  }

  /** By name, so that copies of the package know each other's. */
  get [brand](): true {
    return true
  }

  getValue(key: symbol): unknown {
    if (key === spanKey) return this.#span === unset ? this.#base.getValue(key) : this.#span
    const at = this.#keys.indexOf(key)
    return at === -1 ? this.#base.getValue(key) : this.#values[at]
  }

  /** A value that was set before is replaced, so that contexts derived for ever stay as small as one. */
  setValue(key: symbol, value: unknown): LightContext {
    if (key === spanKey) return new LightContext(this.#base, value, this.#keys, this.#values)
    const at = this.#keys.indexOf(key)
    if (at === -1)
      return new LightContext(this.#base, this.#span, [...this.#keys, key], [...this.#values, value])
    const values = this.#values.slice()
    values[at] = value
    return new LightContext(this.#base, this.#span, this.#keys, values)
  }

  deleteValue(key: symbol): LightContext {
    return this.setValue(key, undefined)
  }
}

const none: readonly never[] = []
