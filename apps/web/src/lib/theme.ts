export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeStorageKey = 'clew-theme'

/**
 * Runs before the first paint, so that no page flashes in the wrong theme. It stands in the document's head as
 * text and may use nothing but the browser.
 */
export const themeScript = `(function(){var d=document.documentElement,m=matchMedia('(prefers-color-scheme: dark)');function a(){var t=null;try{t=localStorage.getItem('${themeStorageKey}')}catch(e){}d.dataset.theme=t==='light'||t==='dark'?t:m.matches?'dark':'light'}a();m.addEventListener('change',a);addEventListener('storage',a);addEventListener('clew-theme',a)})()`

/** The stored choice, `system` when there is none. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(themeStorageKey)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system'
  }
}

/** Stores the choice and applies it in every open page of the origin. */
export function storeTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(themeStorageKey)
    else localStorage.setItem(themeStorageKey, theme)
  } catch {
    // Storage can be forbidden; the choice then lasts for this page.
  }
  dispatchEvent(new Event('clew-theme'))
}
