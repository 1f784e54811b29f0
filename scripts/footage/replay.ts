/** Replays a recording through the program, as a user would. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Observation, observation } from '../../daemon/observation.js'

const root = fileURLToPath(new URL('../..', import.meta.url))

const event = z.object({ type: z.literal('event'), seconds: z.number(), rule: z.string(), level: z.number(), phase: z.string() })
const summary = z.object({ type: z.literal('summary'), frames: z.number(), seconds: z.number(), eyeFrames: z.number() })
const observed = observation.extend({ type: z.literal('observation') })

/** A rise, at a second of the recording. */
export type Raised = { seconds: number; rule: string; level: number }
export type Replayed = { raised: Raised[]; observations: Observation[]; frames: number; eyeFrames: number; seconds: number }

/**
 * @param fps the recording thinned to this rate; null for all its frames
 * @throws Error with what the program said, when it fails
 */
export function replay(file: string, fps: number | null): Replayed {
  const args = ['dist/cli.js', 'replay', file, '--json', '--observations', ...(fps === null ? [] : ['--fps', String(fps)])]
  const { stdout, stderr, status } = spawnSync('node', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (status !== 0) throw new Error(`${file}: exit code ${status}: ${stderr}`)
  const rows: unknown[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  const raised = rows.flatMap((row) => event.safeParse(row).data ?? []).filter(({ phase }) => phase !== 'ended')
  const observations = rows.flatMap((row) => observed.safeParse(row).data ?? [])
  const { frames, eyeFrames, seconds } = summary.parse(rows.at(-1))
  return { raised, observations, frames, eyeFrames, seconds }
}
