/** The log of an earlier run, as the steps of a replay. */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { type Inputs, NO_INPUTS } from '../judgement/rule.js'
import { type Observation, observation } from '../observation.js'
import { inputsLine, type RecordingHead, recordingHead } from '../recording/lines.js'
import { ReplayError } from './errors.js'
import type { Step } from './source.js'

// A head with all its settings has about 1 kB.
const HEAD_BYTES = 65_536

/** The first line of a recording: what judged it. Null for a log without one, such as `replay --observations` writes. */
export function headOf(file: string): RecordingHead | null {
  const start = Buffer.alloc(HEAD_BYTES)
  const opened = openSync(file, 'r')
  try {
    const read = readSync(opened, start, 0, HEAD_BYTES, 0)
    const [line = ''] = start.subarray(0, read).toString('utf8').split('\n')
    const parsed = recordingHead.safeParse(jsonOf(line))
    return parsed.success ? parsed.data : null
  } finally {
    closeSync(opened)
  }
}

/**
 * Reads the JSON lines that `run --record` and `replay --observations` write; lines of other types are passed over.
 * A last line that is torn (a power cut) is told to `warn` and left out.
 * @param keep asked with the time since the first observation, ms
 * @throws ReplayError `log-invalid` naming the line that is no observation, or goes back in time
 */
export async function* fromLog(file: string, keep: (atMs: number) => boolean, warn: (text: string) => void): AsyncGenerator<Step> {
  let line = 0
  let startMs: number | null = null
  let lastMs = Number.NEGATIVE_INFINITY
  let told: Inputs = NO_INPUTS
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
    if ('inputs' in parsed) {
      // A press holds until an observation has been judged with it, also where the log is thinned.
      told = { ...parsed.inputs, acknowledged: parsed.inputs.acknowledged || told.acknowledged }
      continue
    }
    if (parsed.at < lastMs) {
      throw new ReplayError(
        'log-invalid',
        `${file}:${line}: its time goes back, to ${parsed.at} ms from ${lastMs} ms; one log holds one run`,
      )
    }
    startMs ??= parsed.at
    lastMs = parsed.at
    if (!keep(parsed.at - startMs)) continue
    yield { observation: parsed, startMs, inputs: told, stageMs: {}, picture: null }
    told = { ...told, acknowledged: false }
  }
  if (startMs === null) throw new ReplayError('log-invalid', torn ?? `${file} holds no observation`)
  if (torn !== null) warn(`${torn} It is the last line and was left out.`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON is told by the caller, who knows the line.
    return null
  }
}

function parseLine(text: string): Observation | { inputs: Inputs } | 'other' | null {
  const value = jsonOf(text)
  if (typeof value !== 'object' || value === null) return null
  const type = 'type' in value ? value.type : 'observation'
  if (type === 'inputs') {
    const parsed = inputsLine.safeParse(value)
    return parsed.success ? { inputs: { speedKmh: parsed.data.speedKmh, acknowledged: parsed.data.acknowledged } } : null
  }
  if (type !== 'observation') return 'other'
  const parsed = observation.safeParse(value)
  return parsed.success ? parsed.data : null
}
