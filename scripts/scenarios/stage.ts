/** The stage that a story plays on: its phrases add shots to it, one after the other, and change the world in which the next ones happen. */
import type { Random } from '../train/random.js'
import type { Look } from './look.js'

/** What stays so until the story says otherwise. */
export type World = {
  /** km/h, null when unknown. */
  speedKmh: number | null
  glasses: 'none' | 'dark'
  covered: 'left' | 'right' | null
  /** Probability closed that this driver's open eyes give: 0.05 for wide eyes, 0.6 for narrow ones. */
  openEyes: number
  /** Where the driver faces the road, degrees from the camera. */
  yaw: number
  pitch: number
  delivery: 'in order' | 'doubled' | 'out of order' | 'in bursts'
}

export type Shot = {
  fromS: number
  toS: number
  world: World
  /** `dead`: the vision process gives nothing. `steady`: a stretch unseen may be put into it without changing what must follow. */
  kind: 'steady' | 'closure' | 'plain' | 'dead'
  /** Seconds since the shot began → what is to be seen; before glasses and hands. */
  look(seconds: number): Look
}

/** What happens at an instant. */
export type Turn = { atS: number; what: 'button' | 'restart' }

export type Stage = {
  readonly world: World
  readonly nowS: number
  /** The story's own source of chance: when it blinks, not what a frame shows. */
  readonly random: Random
  set(change: Partial<World>): void
  show(seconds: number, kind: Shot['kind'], look: Shot['look']): void
  happen(what: Turn['what']): void
}

export type Timeline = { shots: readonly Shot[]; turns: readonly Turn[]; seconds: number }

const START: World = {
  speedKmh: null,
  glasses: 'none',
  covered: null,
  openEyes: 0.05,
  yaw: 0,
  pitch: 0,
  delivery: 'in order',
}

export function createStage(random: Random): Stage & { timeline(): Timeline } {
  const shots: Shot[] = []
  const turns: Turn[] = []
  let world = START
  let nowS = 0
  return {
    get world() {
      return world
    },
    get nowS() {
      return nowS
    },
    random,
    set(change) {
      world = { ...world, ...change }
    },
    show(seconds, kind, look) {
      shots.push({ fromS: nowS, toS: nowS + seconds, world, kind, look })
      nowS += seconds
    },
    happen(what) {
      turns.push({ atS: nowS, what })
    },
    timeline: () => ({ shots, turns, seconds: nowS }),
  }
}

/** What is left of a look behind dark glasses or a hand. */
export function throughWorld(look: Look, world: World): Look {
  if (!look.face) return look
  if (world.glasses === 'dark') return { ...look, left: null, right: null, reason: 'dark-glasses' }
  if (world.covered === null) return look
  return { ...look, [world.covered]: null, reason: 'covered' }
}
