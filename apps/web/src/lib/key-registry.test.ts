import { expect, test, vi } from 'vitest'
import { KeyRegistry } from './key-registry.ts'
import type { KeyPress } from './key-registry.ts'

const plain: Omit<KeyPress, 'key'> = { isTyping: false, hasMod: false, hasAlt: false, atMs: 0 }

test('a later layer borrows a key and gives it back', () => {
  const registry = new KeyRegistry()
  const page = vi.fn<() => void>()
  const pane = vi.fn<() => void>()
  registry.add([{ keys: 'j', label: 'next', run: page }])
  const release = registry.add([{ keys: 'j', label: 'next in pane', run: pane }])
  registry.press({ ...plain, key: 'j' })
  release()
  registry.press({ ...plain, key: 'j' })
  expect(pane).toHaveBeenCalledOnce()
  expect(page).toHaveBeenCalledOnce()
})

test('a sequence runs when its second key follows soon, and is forgotten when it does not', () => {
  const registry = new KeyRegistry()
  const goNow = vi.fn<() => void>()
  registry.add([{ keys: 'g n', label: 'Now', run: goNow }])
  expect(registry.press({ ...plain, key: 'g' })).toBe(true)
  expect(registry.press({ ...plain, key: 'n', atMs: 400 })).toBe(true)
  registry.press({ ...plain, key: 'g', atMs: 1000 })
  expect(registry.press({ ...plain, key: 'n', atMs: 5000 })).toBe(false)
  expect(goNow).toHaveBeenCalledOnce()
})

test('keys typed into a field stay text, unless the binding says otherwise', () => {
  const registry = new KeyRegistry()
  const search = vi.fn<() => void>()
  const palette = vi.fn<() => void>()
  registry.add([
    { keys: '/', label: 'filter', run: search },
    { keys: 'mod+k', label: 'go to', run: palette, whileTyping: true },
  ])
  expect(registry.press({ ...plain, key: '/', isTyping: true })).toBe(false)
  expect(registry.press({ ...plain, key: 'k', isTyping: true, hasMod: true })).toBe(true)
  expect(search).not.toHaveBeenCalled()
  expect(palette).toHaveBeenCalledOnce()
})
