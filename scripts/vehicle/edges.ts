/** What the emulator tells of the GPIO chip's lines, over qtest: an interrupt line that rises or falls is a wire outside the box. */

/** The wires, by line of the chip (inside/etc/kantukd/kantukd.yaml). */
export const wires = { buzzer: 0, led: 1, button: 2 } as const

export type Edge = { line: number; isOn: boolean; atMs: number }

/** A line of qtest as an edge; null where it is an answer to a command. @param atMs when it was read */
export const edgeOf = (text: string, atMs: number): Edge | null => {
  const [, verb, line] = /^IRQ (raise|lower) (\d+)\s*$/.exec(text) ?? []
  return verb === undefined ? null : { line: Number(line), isOn: verb === 'raise', atMs }
}

/** Whether a line is on after these edges; all are off where the power comes on. */
export const isOnAfter = (edges: readonly Edge[], line: number): boolean => edges.findLast((edge) => edge.line === line)?.isOn ?? false

/** The first moment at or after `fromMs` from which none of the lines was on until `toMs`; null where one was on then. */
export const offFrom = (edges: readonly Edge[], lines: readonly number[], fromMs: number, toMs: number): number | null => {
  const on = new Set<number>()
  let sinceMs: number | null = Number.NEGATIVE_INFINITY
  for (const { line, isOn, atMs } of edges) {
    if (atMs > toMs) break
    if (!lines.includes(line)) continue
    if (isOn) on.add(line)
    else on.delete(line)
    if (on.size > 0) sinceMs = null
    else sinceMs ??= atMs
  }
  return sinceMs === null ? null : Math.max(sinceMs, fromMs)
}

/** How often a line rose in a span. */
export const risesIn = (edges: readonly Edge[], line: number, fromMs: number, toMs: number): number => {
  let wasOn = false
  let rises = 0
  for (const edge of edges) {
    if (edge.line !== line || edge.atMs > toMs) continue
    if (edge.isOn && !wasOn && edge.atMs >= fromMs) rises += 1
    wasOn = edge.isOn
  }
  return rises
}
