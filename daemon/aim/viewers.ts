/** Those who look: each a stream of events. Whoever is slow gets fewer messages, whoever is gone is let go. */
import type { ServerResponse } from 'node:http'
import type { Over } from './messages.js'

// Own: a workshop; each costs 150 kB a second of the network and nothing of the vision process.
export const MOST_VIEWERS = 10
// Own: the page says every 3 s that it is there; a phone that walks out of the radio's reach says nothing any more.
const GONE_AFTER_MS = 10_000

type Viewer = { response: ServerResponse; signMs: number; isFull: boolean }

export interface Viewers {
  readonly count: number
  /** Takes a response over as a stream of events. @returns its number, or null when there are too many */
  add(response: ServerResponse, nowMs: number): number | null
  /** A viewer is still there. */
  sign(viewer: number, nowMs: number): void
  /** To everybody who has taken the message before. */
  send(message: object): void
  /** Lets go of those who gave no sign. */
  sweep(nowMs: number): void
  /** The last word to everybody. @param isStrain because the machine is under strain */
  end(isStrain: boolean): void
}

/** @param onCount told whenever somebody came or went */
export function createViewers(onCount: (count: number) => void): Viewers {
  const viewers = new Map<number, Viewer>()
  let last = 0

  const event = (message: object): string => `data: ${JSON.stringify(message)}\n\n`

  return {
    get count() {
      return viewers.size
    },
    add(response, nowMs) {
      if (viewers.size >= MOST_VIEWERS) return null
      last += 1
      const own = last
      viewers.set(own, { response, signMs: nowMs, isFull: false })
      response.on('close', () => {
        if (viewers.delete(own)) onCount(viewers.size)
      })
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(event({ viewer: own }))
      onCount(viewers.size)
      return own
    },
    sign(viewer, nowMs) {
      const known = viewers.get(viewer)
      if (known !== undefined) known.signMs = nowMs
    },
    send(message) {
      const text = event(message)
      for (const viewer of viewers.values()) {
        if (viewer.isFull) continue
        if (viewer.response.write(text)) continue
        viewer.isFull = true
        viewer.response.once('drain', () => {
          viewer.isFull = false
        })
      }
    },
    sweep(nowMs) {
      for (const { response, signMs } of viewers.values()) if (nowMs - signMs >= GONE_AFTER_MS) response.destroy()
    },
    end(isStrain) {
      const over: Over = isStrain ? { why: 'strain' } : {}
      for (const { response } of viewers.values()) response.end(`event: over\ndata: ${JSON.stringify(over)}\n\n`)
    },
  }
}
