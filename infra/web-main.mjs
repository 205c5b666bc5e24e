// Starts the web image. Next ends on SIGTERM once every request has ended, which an open event stream never does:
// readers resume theirs elsewhere, so after a moment the streams are cut.
const graceMs = 2000
const codes = { SIGTERM: 143, SIGINT: 130 }

for (const [signal, code] of Object.entries(codes)) {
  process.once(signal, () => setTimeout(() => process.exit(code), graceMs))
}
await import(new URL('server.js', import.meta.url).href)
