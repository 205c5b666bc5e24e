import type { ReactNode } from 'react'

const shapes = {
  agent: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <circle cx="8" cy="8" r="1.6" className="dot" />
    </>
  ),
  agents: (
    <>
      <circle cx="8" cy="3.75" r="2" />
      <circle cx="3.75" cy="12" r="2" />
      <circle cx="12.25" cy="12" r="2" />
      <path d="M7 5.6 4.75 10.2M9 5.6l2.25 4.6" />
    </>
  ),
  approval: (
    <>
      <circle cx="8" cy="5" r="2.75" />
      <path d="M2.75 13.75c.4-2.7 2.5-4.25 5.25-4.25s4.85 1.55 5.25 4.25" />
    </>
  ),
  audit: <path d="M3.5 2.25h6l3 3v8.5h-9zM9.5 2.25v3h3M5.75 8.25h4.5M5.75 10.75h4.5" />,
  chain: (
    <>
      <circle cx="4" cy="8" r="2.25" />
      <circle cx="12" cy="8" r="2.25" />
      <path d="M6.25 8h3.5" />
    </>
  ),
  clew: (
    <>
      <circle cx="7" cy="7" r="5.25" />
      <path d="M2.4 9.2C5 8.9 8.6 6.6 9.7 2.5M4.3 11.5c3.3-.9 6.4-3.5 7.5-6.7M11.7 9.4c.5 2 .9 3.6 3.05 4.85" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.75V8l2.25 1.5" />
    </>
  ),
  copy: (
    <>
      <rect x="5.25" y="5.25" width="8.5" height="8.5" rx="1.5" />
      <path d="M3.5 10.75h-.25a1 1 0 0 1-1-1v-6.5a1 1 0 0 1 1-1h6.5a1 1 0 0 1 1 1v.25" />
    </>
  ),
  diff: <path d="M2.25 4.5h5M2.25 8h5M2.25 11.5h3M10 4.5h3.75M10 8h3.75M10 11.5h3.75" />,
  down: <path d="M3.5 6 8 10.5 12.5 6" />,
  embedding: (
    <>
      <path d="M3 3.5v9M13 3.5v9M3 3.5h1.5M3 12.5h1.5M13 3.5h-1.5M13 12.5h-1.5" />
      <circle cx="6.25" cy="6" r=".8" className="dot" />
      <circle cx="9.75" cy="8" r=".8" className="dot" />
      <circle cx="6.25" cy="10" r=".8" className="dot" />
    </>
  ),
  evaluator: <path d="M8 2.25v11.5M4.5 13.75h7M3 4.5h10M3 4.5l-1.75 4.25h3.5zM13 4.5l-1.75 4.25h3.5z" />,
  export: <path d="M8 2.25v7.5M4.75 6.75 8 10l3.25-3.25M2.75 10.5v3.25h10.5V10.5" />,
  fail: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="2.5" />
      <path d="m5.6 5.6 4.8 4.8M10.4 5.6l-4.8 4.8" />
    </>
  ),
  fit: <path d="M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3" />,
  guardrail: <path d="M8 1.9 13 3.7v4c0 3.1-2 5.3-5 6.5-3-1.2-5-3.4-5-6.5v-4z" />,
  handoff: <path d="M2.5 3.5v4c0 1.7 1 2.75 2.75 2.75h8M10.25 7l3.25 3.25-3.25 3.25" />,
  key: (
    <>
      <circle cx="5" cy="10.75" r="2.75" />
      <path d="m7 8.75 6-6M10.5 5.25l2 2M12.5 3.25l1 1" />
    </>
  ),
  keyboard: (
    <>
      <rect x="1.75" y="4" width="12.5" height="8" rx="1.5" />
      <path d="M4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5.5 9.5h5" />
    </>
  ),
  left: <path d="M10 3.5 5.5 8l4.5 4.5" />,
  llm: <path d="M8 2.5v11M3.25 5.25l9.5 5.5M12.75 5.25l-9.5 5.5" />,
  lock: (
    <>
      <rect x="3" y="7" width="10" height="6.75" rx="1.5" />
      <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" />
    </>
  ),
  log: <path d="M2.25 3.75h2M6.5 3.75h7.25M2.25 8h2M6.5 8h5M2.25 12.25h2M6.5 12.25h7.25" />,
  lost: (
    <>
      <circle cx="8" cy="8" r="5.75" strokeDasharray="2.4 2.2" />
      <path d="M8 5v3.5" />
      <circle cx="8" cy="11" r=".7" className="dot" />
    </>
  ),
  message: <path d="M2.25 3.25h11.5v8h-6l-2.75 2.5v-2.5H2.25z" />,
  moon: <path d="M13.25 9.6A5.6 5.6 0 0 1 6.4 2.75a5.6 5.6 0 1 0 6.85 6.85z" />,
  now: <path d="M1.75 8.5h2.75l2-5 3 9.5 2-4.5h2.75" />,
  off: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="m4.2 11.8 7.6-7.6" />
    </>
  ),
  ok: <path d="m3 8.5 3.25 3.25L13 5" />,
  open: <path d="M6.5 3.5h-3v9h9v-3M9 2.75h4.25V7M13 3 7.5 8.5" />,
  panel: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="M6 3v10" />
    </>
  ),
  pause: <path d="M5.25 3v10M10.75 3v10" />,
  play: <path d="M4.5 2.75v10.5L13 8z" />,
  plus: <path d="M8 3v10M3 8h10" />,
  prompt: <path d="m2.75 4.5 3.5 3.5-3.5 3.5M8 11.75h5.25" />,
  reranker: <path d="M2.5 12.5h4M2.5 8h6.5M2.5 3.5h3M12.25 13V3.5M9.75 6l2.5-2.5 2.5 2.5" />,
  retriever: <path d="M8 2.25 14 5.5 8 8.75 2 5.5zM2.4 8.4 8 11.4l5.6-3M2.4 11 8 14l5.6-3" />,
  retry: <path d="M13.25 8a5.25 5.25 0 1 1-1.6-3.8M13.5 1.9v3h-3" />,
  right: <path d="m6 3.5 4.5 4.5L6 12.5" />,
  run: <path d="M8 2.5A5.5 5.5 0 1 1 2.5 8" />,
  runs: <path d="M1.75 3.75h6.5M4.75 8h7M9.25 12.25h5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="m10.4 10.4 3.6 3.6" />
    </>
  ),
  sessions: <path d="M2.25 3.75h11.5v7.5h-6l-2.5 2.5v-2.5h-3z" />,
  settings: (
    <>
      <path d="M1.75 4.75h6M12 4.75h2.25M1.75 11.25h2.25M8.25 11.25h6" />
      <circle cx="10" cy="4.75" r="1.9" />
      <circle cx="6.1" cy="11.25" r="1.9" />
    </>
  ),
  signout: <path d="M6.5 2.75h-3.5v10.5h3.5M6.5 8h7M11 5.25 13.75 8 11 10.75" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9" />
    </>
  ),
  system: (
    <>
      <rect x="2" y="2.75" width="12" height="8" rx="1.25" />
      <path d="M6 13.5h4M8 10.75v2.75" />
    </>
  ),
  task: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <path d="m5.25 8.25 2 2 3.5-4.25" />
    </>
  ),
  tasks: <path d="m2.25 4.25 1.25 1.25 2.25-2.5M2.25 11.25l1.25 1.25 2.25-2.5M8.75 4.5h5M8.75 11.5h5" />,
  thread: (
    <>
      <path d="M3 2.5c0 4 10 3.5 10 7.5 0 2.2-2.5 3.5-5 3.5" />
      <circle cx="6.5" cy="13.5" r="1" className="dot" />
    </>
  ),
  tool: (
    <path d="M13.6 4.6 11.2 7 9 4.8l2.4-2.4a3.7 3.7 0 0 0-4.7 4.7l-4 4a1.55 1.55 0 0 0 2.2 2.2l4-4a3.7 3.7 0 0 0 4.7-4.7z" />
  ),
  up: <path d="m3.5 10 4.5-4.5 4.5 4.5" />,
  wait: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M6.4 6v4M9.6 6v4" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.25 14.5 13.5h-13zM8 6.5v3" />
      <circle cx="8" cy="11.5" r=".6" className="dot" />
    </>
  ),
  x: <path d="m4 4 8 8M12 4l-8 8" />,
} satisfies Record<string, ReactNode>

export type IconName = keyof typeof shapes
export const iconShapes: Readonly<Record<IconName, ReactNode>> = shapes
