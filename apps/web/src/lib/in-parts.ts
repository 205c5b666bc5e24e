/** A frame at 60 a second has 16 ms, of which most is left to drawing. */
const sliceMs = 5

/** Does long work a slice at a time and lets the page answer in between; short work is done at once. */
export async function inParts<Result>(work: Iterator<undefined, Result>): Promise<Result> {
  let until = performance.now() + sliceMs
  for (;;) {
    const part = work.next()
    if (part.done === true) return part.value
    if (performance.now() < until) continue
    await letOthersWork()
    until = performance.now() + sliceMs
  }
}

/** A message comes round sooner than a timer, and after whatever waits already. */
function letOthersWork(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const goOn = () => {
      port1.close()
      resolve()
    }
    port1.addEventListener('message', goOn)
    port1.start()
    port2.postMessage(undefined)
  })
}
