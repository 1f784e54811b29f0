/** Where a replay's observations come from: a video through the whole chain, or the log of an earlier run. */
import { createReadStream } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { type Observation, observation } from '../observation.js'
import type { Camera } from '../vision/camera/types.js'
import type { Chain, Look } from '../vision/chain.js'
import type { Frame } from '../vision/pixels.js'
import { ReplayError } from './errors.js'

/** One observation, with the frame it was made of while the consumer holds this step; null out of a log. */
export type Step = {
  observation: Observation
  stageMs: Readonly<Record<string, number>>
  picture: { frame: Frame; look: Look } | null
}

/**
 * Looks at every frame that `keep` lets through. Each frame is released when the consumer asks for the next step.
 * @param onEnd told how many frames were read, and how many the recording says it holds
 */
export async function* fromVideo(
  camera: Camera,
  chain: Chain,
  keep: (atMs: number) => boolean,
  onEnd: (read: number, stated: number | null) => void,
): AsyncGenerator<Step> {
  let ordinal = 0
  let read = 0
  for (;;) {
    const startMs = performance.now()
    const frame = await camera.next()
    if (frame === null) {
      onEnd(read, camera.statedFrames ?? null)
      return
    }
    read += 1
    const readMs = performance.now() - startMs
    try {
      if (!keep(frame.at)) continue
      const look = await chain.look(frame, ordinal)
      ordinal += 1
      yield { observation: look.observation, stageMs: { read: readMs, ...look.stageMs }, picture: { frame, look } }
    } finally {
      frame.release()
    }
  }
}

/**
 * Reads the JSON lines that `run --record` and `replay --observations` write; lines of other types are passed over.
 * Times are counted from the first observation. A last line that is torn (a power cut) is told to `warn` and left out.
 * @throws ReplayError `log-invalid` naming the line that is no observation, or goes back in time
 */
export async function* fromLog(file: string, keep: (atMs: number) => boolean, warn: (text: string) => void): AsyncGenerator<Step> {
  let line = 0
  let firstMs: number | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  let torn: string | null = null
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    if (torn !== null) throw new ReplayError('log-invalid', torn)
    line += 1
    if (text.trim() === '') continue
    const parsed = parseLine(text)
    if (parsed === 'other') continue
    if (parsed === null) {
      torn = `${file}:${line}: this is no observation; a log has one JSON object a line, as run --record writes it`
      continue
    }
    if (parsed.at < lastMs) {
      throw new ReplayError(
        'log-invalid',
        `${file}:${line}: its time goes back, to ${parsed.at} ms from ${lastMs} ms; one log holds one run`,
      )
    }
    firstMs ??= parsed.at
    lastMs = parsed.at
    const at = parsed.at - firstMs
    if (keep(at)) yield { observation: { ...parsed, at }, stageMs: {}, picture: null }
  }
  if (firstMs === null) throw new ReplayError('log-invalid', torn ?? `${file} holds no observation`)
  if (torn !== null) warn(`${torn} It is the last line and was left out.`)
}

function parseLine(text: string): Observation | 'other' | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Not JSON is told by the caller, who knows the line.
    return null
  }
  if (typeof value !== 'object' || value === null) return null
  if ('type' in value && value.type !== 'observation') return 'other'
  const parsed = observation.safeParse(value)
  return parsed.success ? parsed.data : null
}
