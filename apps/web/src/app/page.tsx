import { toIso } from '@clew/domain'
export default function Page() {
  return <p>{toIso('0')}</p>
}
