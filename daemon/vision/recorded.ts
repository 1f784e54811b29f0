/** Recorded observations told in place of looking: a vehicle's whole way from camera to alarm, on a machine too slow for the models. */
import { readFileSync } from 'node:fs'
import { CodedError } from '../coded.js'
import { type Observation, observation } from '../observation.js'
import { reasonOf } from '../reason-of.js'
import type { Chain } from './chain.js'

/** `observations-invalid`: the recording is not there, or holds no run of observations. */
export const recordedErrorCodes = ['observations-invalid'] as const

export class RecordedError extends CodedError<(typeof recordedErrorCodes)[number]> {
  override readonly name = 'RecordedError'
}

/** The observations of a log as `run --record` and `replay --observations` write it; lines of other types are passed over. */
function read(file: string): Observation[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line))
      .filter((value) => typeof value !== 'object' || value === null || !('type' in value) || value.type === 'observation')
      .map((value) => observation.parse(value))
  } catch (fault) {
    throw new RecordedError('observations-invalid', `the observations in ${file} cannot be used: ${reasonOf(fault)}`, fault)
  }
}

/**
 * For each frame, the recorded observation of the same time since the first frame; from the beginning again after the last. The frame
 * gives its time and its ordinal; its picture is read by the camera, and not looked at.
 * @throws RecordedError
 */
export function createRecordedChain(file: string): Chain {
  const recorded = read(file)
  const [first, second] = recorded
  const last = recorded.at(-1)
  if (first === undefined || second === undefined || last === undefined || second.at <= first.at || last.at < second.at) {
    throw new RecordedError(
      'observations-invalid',
      `the observations in ${file} cannot be used: there must be two or more, and their time must go forward`,
    )
  }
  const lengthMs = last.at - first.at + (second.at - first.at)
  let startMs: number | null = null
  let next = 0
  let turn = 0
  return {
    async look({ at }, ordinal) {
      startMs ??= at
      const passedMs = at - startMs
      if (Math.floor(passedMs / lengthMs) !== turn) next = 0
      turn = Math.floor(passedMs / lengthMs)
      while ((recorded[next + 1]?.at ?? Number.POSITIVE_INFINITY) - first.at <= passedMs - turn * lengthMs) next += 1
      const told = recorded[next] ?? last
      return {
        observation: { ...told, at, frame: ordinal },
        patches: { left: null, right: null },
        stageMs: { locate: 0, cut: 0, classify: 0 },
      }
    },
    reset() {
      startMs = null
      next = 0
      turn = 0
    },
    async close() {
      // nothing is held
    },
  }
}
