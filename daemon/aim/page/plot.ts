/// <reference lib="dom" />
/** Two plots: how closed the eyes were in the last minute, and PERCLOS since the page was opened. */
import type { Eyes, Trace } from '../messages.js'

const SHOWN_MS = 60_000
const colours: Record<Eyes, string> = { open: '#1b7a35', closed: '#c4161c', unseen: '#b6c0c8' }
const FAINT = '#8a949c'
// Design, "Policy": perclos, over 60 s.
const LEVEL_1 = 0.08
const LEVEL_2 = 0.12
const HIGHEST_PERCLOS = 0.4

const contextOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  context.clearRect(0, 0, canvas.width, canvas.height)
  return context
}

function threshold(context: CanvasRenderingContext2D, y: number, says: string, isBelow = false): void {
  const { width } = context.canvas
  context.strokeStyle = context.fillStyle = FAINT
  context.setLineDash([4, 4])
  context.beginPath()
  context.moveTo(0, y)
  context.lineTo(width, y)
  context.stroke()
  context.setLineDash([])
  context.font = '12px system-ui, sans-serif'
  context.fillText(says, 4, isBelow ? y + 12 : y - 3)
}

/** The newest on the right; where the eyes are not seen, the ground is gray: not seen is not open. */
export function drawClosure(canvas: HTMLCanvasElement, traces: readonly Trace[], closedAbove: number): void {
  const context = contextOf(canvas)
  const { width, height } = canvas
  const nowMs = traces.at(-1)?.[0] ?? 0
  const x = (atMs: number): number => width - ((nowMs - atMs) / SHOWN_MS) * width
  traces.forEach(([atMs, closed, eyes], index) => {
    const from = x(traces[index - 1]?.[0] ?? atMs)
    context.fillStyle = colours[eyes]
    const tall = closed === null ? height : Math.max(2, closed * height)
    context.fillRect(from, height - tall, Math.max(1, x(atMs) - from + 0.5), tall)
  })
  threshold(context, height * (1 - closedAbove), `${Math.round(closedAbove * 100)} %`)
}

export type Perclos = readonly [atMs: number, share: number | null]

export function drawPerclos(canvas: HTMLCanvasElement, course: readonly Perclos[]): void {
  const context = contextOf(canvas)
  const { width, height } = canvas
  const [first, last] = [course[0]?.[0] ?? 0, course.at(-1)?.[0] ?? 0]
  // A minute at least: nothing can be said before, and a short course should not look like a long one.
  const spanMs = Math.max(SHOWN_MS, last - first)
  const y = (share: number): number => Math.max(2, height * (1 - share / HIGHEST_PERCLOS))
  context.strokeStyle = '#14181c'
  context.lineWidth = 2
  context.beginPath()
  let isDown = false
  for (const [atMs, share] of course) {
    if (share !== null) {
      const x = ((atMs - first) / spanMs) * width
      if (isDown) context.lineTo(x, y(share))
      else context.moveTo(x, y(share))
    }
    isDown = share !== null
  }
  context.stroke()
  context.lineWidth = 1
  threshold(context, y(LEVEL_1), `${LEVEL_1 * 100} %`, true)
  threshold(context, y(LEVEL_2), `${LEVEL_2 * 100} %`)
}

/** What is still to be seen of traces. */
export const shownOf = (traces: readonly Trace[]): Trace[] => {
  const nowMs = traces.at(-1)?.[0] ?? 0
  return traces.filter(([atMs]) => atMs > nowMs - SHOWN_MS)
}
