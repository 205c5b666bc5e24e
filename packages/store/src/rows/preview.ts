/** Characters of an input or output that lists and trees may show. */
export const previewCharsMax = 400

export function toPreview(text: string): string {
  return text.length <= previewCharsMax ? text : text.slice(0, previewCharsMax)
}
