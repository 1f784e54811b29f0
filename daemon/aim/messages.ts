/** What the aim page is told, and what it may ask. Types alone: the page, which runs in a browser, imports nothing else of the program. */
import type { Observation } from '../observation.js'
import type { Picture } from '../picture.js'

/** The driver's own; `up` and `down` as one stands. */
export type Direction = 'left' | 'right' | 'up' | 'down'

/** What should be done. */
export type Advice =
  | { is: 'good' | 'no-camera' | 'too-dark' | 'too-bright' | 'blurred' | 'covered' | 'dark-glasses' | 'turned-away' | 'too-near' }
  /** `side`: the only half in which a face is looked for; auto: both. */
  | { is: 'no-face'; side: 'auto' | 'left' | 'right' }
  /** `eyePx`: width of an eye; `nearerPercent`: of the distance, how much less it should be. */
  | { is: 'too-far'; eyePx: number; nearerPercent: number }
  /** Where the camera should go, as it does not look at the face from the front. */
  | { is: 'off-axis'; degrees: number; cm: number; to: Direction }
  /** Where the camera should go or be turned, as the face is at the edge of its picture. */
  | { is: 'off-middle'; cm: number; to: Direction }
  | { is: 'few-frames'; fps: number }
  /** The seat is learned instead of being said. */
  | { is: 'side-unset' }

export type Eyes = 'open' | 'closed' | 'unseen'

/** One observation of those since the last message: when, how closed (0..1; null: not seen), and what the judgement calls it. */
export type Trace = readonly [atMs: number, closed: number | null, eyes: Eyes]

/** One message of the stream `live`. */
export type Shown = {
  /** The one of the picture, or the newest without one. */
  observation: Observation
  /** Null: none came, as under strain or without a camera. */
  picture: Picture | null
  eyes: Eyes
  /** 0 clear to 4 emergency. */
  level: number
  traces: readonly Trace[]
  /** Shares 0..1; null while withheld. */
  perclos60: number | null
  coverage: number
  fps: number | null
  advice: readonly Advice[]
  driverSide: 'auto' | 'left' | 'right'
  /** How closed an eye must be to be called closed, 0..1. */
  closedAbove: number
  /** How many look at this page, this one included. */
  viewers: number
  /** Until the page ends by itself. */
  endsInSeconds: number
}

/** First message of the stream: under which number this viewer says that it is still there. */
export type Welcome = { viewer: number }

/** Last message of the stream, an event of the name `over`. */
export type Over = { why?: 'strain' }

/** What can be tried out. */
export type Part = 'buzzer' | 'led' | 'both'

/** What came of trying it. `busy`: the driver is shown something, and nothing was done; `no-output`: none is configured; `why`: what the output said. */
export type Sounded = { is: 'sounded' | 'busy' | 'no-output' } | { is: 'refused'; why: string }
