import { scopeChoices } from './key-choices.ts'
import type { KeyScope } from './key-choices.ts'

/** What the key may do; each right is its own. */
export function ScopeFields(props: {
  scopes: readonly KeyScope[]
  onChange: (scopes: readonly KeyScope[]) => void
}) {
  const { scopes, onChange } = props
  return (
    <fieldset className="settings-scopes">
      <legend className="med text-control">May</legend>
      {scopeChoices.map(({ scope, what }) => (
        <label key={scope} className="settings-scope">
          <input
            type="checkbox"
            className="checkbox"
            checked={scopes.includes(scope)}
            onChange={(event) =>
              onChange(event.target.checked ? [...scopes, scope] : scopes.filter((one) => one !== scope))
            }
          />
          <span className="med">{scope}</span>
          <span className="t3">{what}</span>
        </label>
      ))}
    </fieldset>
  )
}
