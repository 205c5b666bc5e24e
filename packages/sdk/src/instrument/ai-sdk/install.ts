import type { Tracer } from '@opentelemetry/api'

import { readText } from '../../values/read.ts'
import { sdkName } from '../../version.ts'
import { isMethod, member } from '../shared/foreign.ts'
import { installSafely, installed, notInstalled } from '../shared/install-result.ts'
import type { InstallResult } from '../shared/install-result.ts'
import { AISdkTelemetry } from './telemetry.ts'

const name = 'aiSdk'
const listName = 'AI_SDK_TELEMETRY_INTEGRATIONS'

/** Records the AI SDK 7, which tells every registered integration of its calls; older ones need settings. */
export function installAISdkInstrumentation(module: unknown, tracer?: Tracer): InstallResult {
  return installSafely(name, () => {
    if (isMethod(member(module, 'registerTelemetry'))) {
      registerAISdkTelemetry(tracer)
      return installed(name)
    }
    const isOlder = isMethod(member(module, 'generateText'))
    const reason = isOlder
      ? 'this version of ai tells nothing by itself: give calls experimental_telemetry: createAISdkTelemetrySettings()'
      : 'this is not the module of the AI SDK'
    return notInstalled({ name, reason })
  })
}

/** The AI SDK keeps its integrations in a global list, whichever copy of it is loaded; ours stands there once. */
export function registerAISdkTelemetry(tracer?: Tracer): void {
  const known: unknown = Reflect.get(globalThis, listName)
  const list: unknown[] = Array.isArray(known) ? known : []
  Reflect.set(globalThis, listName, list)
  if (list.some((entry) => readText(member(entry, 'name')) === sdkName)) return
  list.push(new AISdkTelemetry(tracer))
}
