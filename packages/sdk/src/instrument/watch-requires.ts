import Module from 'node:module'

import type { LoadedModule } from './install-modules.ts'

type Load = (this: NodeJS.Module, filename: string) => unknown

/** Tells of each file that `require` loads from now on, once it has run. Returns what ends the watch. */
export function watchRequires(onLoaded: (module: LoadedModule) => void): () => void {
  const { prototype } = Module
  const original: unknown = Reflect.get(prototype, 'load')
  if (!isLoad(original)) return () => undefined
  let isWatching = true
  const load: Load = function load(filename) {
    const result = original.call(this, filename)
    if (isWatching) onLoaded({ path: filename, exports: this.exports })
    return result
  }
  Reflect.set(prototype, 'load', load)
  return () => {
    isWatching = false
    // Another watcher may have come on top and still call ours.
    if (Reflect.get(prototype, 'load') === load) Reflect.set(prototype, 'load', original)
  }
}

function isLoad(value: unknown): value is Load {
  return typeof value === 'function'
}
